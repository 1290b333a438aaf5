import { createExternalRouteRef } from '@backstage/frontend-plugin-api';

/** The form of one template; the scaffolder's, unless the app binds another. */
export const templateRouteRef = createExternalRouteRef({
  params: ['namespace', 'templateName'],
  defaultTarget: 'scaffolder.selectedTemplate',
});
