import { createExtensionTester } from '@backstage/frontend-test-utils';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { releaseReviewFormField } from './module';

describe('releaseReviewFormField', () => {
  it('loads the field under the name that templates use', async () => {
    const load = createExtensionTester(releaseReviewFormField).get(
      FormFieldBlueprint.dataRefs.formFieldLoader,
    );

    expect(await load()).toMatchObject({
      name: 'DojoReleaseReview',
      schema: {
        schema: {
          returnValue: {
            type: 'object',
            required: ['planHash', 'version'],
            properties: {
              planHash: { type: 'string' },
              version: { type: 'string' },
              date: { type: 'string' },
            },
          },
        },
      },
    });
  });
});
