import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  FormFieldBlueprint,
  scaffolderTemplateOutputsBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import { lazy } from 'react';

/** Makes `ui:field: DojoReleaseReview` known; loaded when a form opens. */
export const releaseReviewFormField = FormFieldBlueprint.make({
  name: 'dojo-release-review',
  params: {
    field: () =>
      import('./fields/ReleaseReview/releaseReviewField').then(
        ({ releaseReviewField }) => releaseReviewField,
      ),
  },
});

/** Makes `ui:field: DojoMigrationReview` known; loaded when a form opens. */
export const migrationReviewFormField = FormFieldBlueprint.make({
  name: 'dojo-migration-review',
  params: {
    field: () =>
      import('./fields/MigrationReview/migrationReviewField').then(
        ({ migrationReviewField }) => migrationReviewField,
      ),
  },
});

/** Makes `ui:field: DojoEnvironmentPicker` known; loaded when a form opens. */
export const environmentPickerFormField = FormFieldBlueprint.make({
  name: 'dojo-environment-picker',
  params: {
    field: () =>
      import('./fields/EnvironmentPicker/environmentPickerField').then(
        ({ environmentPickerField }) => environmentPickerField,
      ),
  },
});

/** Makes `ui:field: DojoBumpPicker` known; loaded when a form opens. */
export const bumpPickerFormField = FormFieldBlueprint.make({
  name: 'dojo-bump-picker',
  params: {
    field: () =>
      import('./fields/BumpPicker/bumpPickerField').then(
        ({ bumpPickerField }) => bumpPickerField,
      ),
  },
});

/** Makes `ui:field: DojoVersionPicker` known; loaded when a form opens. */
export const branchPickerFormField = FormFieldBlueprint.make({
  name: 'dojo-branch-picker',
  params: {
    field: () =>
      import('./fields/BranchPicker/branchPickerField').then(
        ({ branchPickerField }) => branchPickerField,
      ),
  },
});

/** Makes `ui:field: DojoVersionPicker` known; loaded when a form opens. */
export const versionPickerFormField = FormFieldBlueprint.make({
  name: 'dojo-version-picker',
  params: {
    field: () =>
      import('./fields/VersionPicker/versionPickerField').then(
        ({ versionPickerField }) => versionPickerField,
      ),
  },
});

/** Makes `ui:field: DojoBackupPicker` known; loaded when a form opens. */
export const backupPickerFormField = FormFieldBlueprint.make({
  name: 'dojo-backup-picker',
  params: {
    field: () =>
      import('./fields/BackupPicker/backupPickerField').then(
        ({ backupPickerField }) => backupPickerField,
      ),
  },
});

/** Makes `ui:field: DojoDeploymentReview` known; loaded when a form opens. */
export const deploymentReviewFormField = FormFieldBlueprint.make({
  name: 'dojo-deployment-review',
  params: {
    field: () =>
      import('./fields/DeploymentReview/deploymentReviewField').then(
        ({ deploymentReviewField }) => deploymentReviewField,
      ),
  },
});

/** Makes `ui:field: DojoTagPicker` known; loaded when a form opens. */
export const tagPickerFormField = FormFieldBlueprint.make({
  name: 'dojo-tag-picker',
  params: {
    field: () =>
      import('./fields/TagPicker/tagPickerField').then(
        ({ tagPickerField }) => tagPickerField,
      ),
  },
});

/** Makes `ui:field: DojoRolloutOptions` known; loaded when a form opens. */
export const rolloutOptionsFormField = FormFieldBlueprint.make({
  name: 'dojo-rollout-options',
  params: {
    field: () =>
      import('./fields/RolloutOptions/rolloutOptionsField').then(
        ({ rolloutOptionsField }) => rolloutOptionsField,
      ),
  },
});

/** Makes `ui:field: DojoShipReview` known; loaded when a form opens. */
export const shipReviewFormField = FormFieldBlueprint.make({
  name: 'dojo-ship-review',
  params: {
    field: () =>
      import('./fields/ShipReview/shipReviewField').then(
        ({ shipReviewField }) => shipReviewField,
      ),
  },
});

/** Makes `ui:field: DojoServiceName` known; loaded when a form opens. */
export const serviceNameFormField = FormFieldBlueprint.make({
  name: 'dojo-service-name',
  params: {
    field: () =>
      import('./fields/ServiceName/serviceNameField').then(
        ({ serviceNameField }) => serviceNameField,
      ),
  },
});

/** Makes `ui:field: DojoServiceReview` known; loaded when a form opens. */
export const serviceReviewFormField = FormFieldBlueprint.make({
  name: 'dojo-service-review',
  params: {
    field: () =>
      import('./fields/ServiceReview/serviceReviewField').then(
        ({ serviceReviewField }) => serviceReviewField,
      ),
  },
});

/** The end of a task of the templates that review a plan; loaded when the page of one opens. */
export const taskEnd = scaffolderTemplateOutputsBlueprint.make({
  name: 'dojo-task-end',
  params: {
    component: lazy(() =>
      import('./components/TaskEnd/TaskEnd').then(({ TaskEnd }) => ({
        default: TaskEnd,
      })),
    ),
    templateRefs: [
      'release',
      'migrate',
      'restore-backup',
      'rebuild-caches',
      'deploy',
      'environment-overlay',
      'ship',
      'dojo-service',
    ].map(name => `template:default/${name}`),
  },
});

/** Adds the form fields of the dojo templates, and the end of their tasks, to the scaffolder. @public */
export const scaffolderModuleDojo = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    releaseReviewFormField,
    migrationReviewFormField,
    environmentPickerFormField,
    branchPickerFormField,
    bumpPickerFormField,
    versionPickerFormField,
    backupPickerFormField,
    deploymentReviewFormField,
    tagPickerFormField,
    rolloutOptionsFormField,
    shipReviewFormField,
    serviceNameFormField,
    serviceReviewFormField,
    taskEnd,
  ],
});
