import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { dojoServiceRef } from 'backstage-plugin-dojo-node';
import { createCheckShipmentAction } from './actions/checkShipment';
import { createAwaitComponentAction } from './actions/awaitComponent';
import { createCheckServiceAction } from './actions/checkService';
import { createDeployOverlayAction } from './actions/deployOverlay';
import { createMigrateAction } from './actions/migrate';
import { createPublishAction } from './actions/publish';
import { createRejectAction } from './actions/reject';
import { createReleaseAction } from './actions/release';
import { leaveToNextStart } from './leaveToNextStart';

/**
 * Adds the actions of `dojo:` to the scaffolder (docs/reference/actions.md).
 *
 * @public
 */
export const scaffolderModuleDojo = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'dojo',
  register({ registerInit }) {
    registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        dojo: dojoServiceRef,
        lifecycle: coreServices.rootLifecycle,
      },
      async init({ scaffolder, dojo, lifecycle }) {
        const left = leaveToNextStart(lifecycle);
        scaffolder.addActions(
          left(createReleaseAction({ dojo })),
          left(createMigrateAction({ dojo })),
          left(createDeployOverlayAction({ dojo })),
          left(createCheckShipmentAction({ dojo })),
          left(createCheckServiceAction({ dojo })),
          left(createPublishAction({ dojo })),
          left(createAwaitComponentAction({ dojo })),
          left(createRejectAction({ dojo })),
        );
      },
    });
  },
});
