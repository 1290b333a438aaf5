import { createExtensionTester } from '@backstage/frontend-test-utils';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import {
  backupPickerFormField,
  bumpPickerFormField,
  deploymentReviewFormField,
  environmentPickerFormField,
  migrationReviewFormField,
  releaseReviewFormField,
  shipReviewFormField,
  serviceNameFormField,
  serviceReviewFormField,
  tagPickerFormField,
  versionPickerFormField,
} from './module';

const string = { type: 'string' };

describe('the form fields', () => {
  it.each([
    [
      'DojoReleaseReview',
      createExtensionTester(releaseReviewFormField),
      {
        type: 'object',
        required: ['planHash', 'version'],
        properties: { planHash: string, version: string, date: string },
      },
    ],
    [
      'DojoMigrationReview',
      createExtensionTester(migrationReviewFormField),
      {
        type: 'object',
        required: ['planHash'],
        properties: {
          planHash: string,
          version: string,
          backup: string,
          rehearsed: string,
          from: string,
          to: string,
        },
      },
    ],
    [
      'DojoDeploymentReview',
      createExtensionTester(deploymentReviewFormField),
      {
        type: 'object',
        required: ['planHash', 'what'],
        properties: { planHash: string, what: string, version: string },
      },
    ],
    [
      'DojoShipReview',
      createExtensionTester(shipReviewFormField),
      {
        type: 'object',
        required: ['planHash', 'what', 'version', 'tag', 'base', 'release'],
      },
    ],
    [
      'DojoServiceReview',
      createExtensionTester(serviceReviewFormField),
      {
        type: 'object',
        required: ['planHash', 'repository', 'overlays', 'release', 'what'],
      },
    ],
    ['DojoServiceName', createExtensionTester(serviceNameFormField), string],
    ['DojoTagPicker', createExtensionTester(tagPickerFormField), string],
    [
      'DojoEnvironmentPicker',
      createExtensionTester(environmentPickerFormField),
      string,
    ],
    ['DojoBumpPicker', createExtensionTester(bumpPickerFormField), string],
    [
      'DojoVersionPicker',
      createExtensionTester(versionPickerFormField),
      string,
    ],
    ['DojoBackupPicker', createExtensionTester(backupPickerFormField), string],
  ])(
    'load %s under the name that templates use',
    async (name, tester, value) => {
      const load = tester.get(FormFieldBlueprint.dataRefs.formFieldLoader);

      expect(await load()).toMatchObject({
        name,
        schema: { schema: { returnValue: value } },
      });
    },
  );
});
