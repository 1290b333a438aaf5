import { createBackendModule } from '@backstage/backend-plugin-api';
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
      },
      async init({ scaffolder, dojo }) {
        scaffolder.addActions(
          createReleaseAction({ dojo }),
          createMigrateAction({ dojo }),
          createDeployOverlayAction({ dojo }),
          createCheckShipmentAction({ dojo }),
          createCheckServiceAction({ dojo }),
          createPublishAction({ dojo }),
          createAwaitComponentAction({ dojo }),
          createRejectAction({ dojo }),
        );
      },
    });
  },
});
