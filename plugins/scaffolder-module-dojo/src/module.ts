import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

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

/** Adds the form fields of the dojo templates to the scaffolder. @public */
export const scaffolderModuleDojo = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [releaseReviewFormField],
});
