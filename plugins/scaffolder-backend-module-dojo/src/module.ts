import { createBackendModule } from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { dojoServiceRef } from 'backstage-plugin-dojo-node';
import { createDeployOverlayAction } from './actions/deployOverlay';
import { createMigrateAction } from './actions/migrate';
import { createReleaseAction } from './actions/release';

/**
 * Adds `dojo:release`, `dojo:migrate` and `dojo:deploy-overlay` to the scaffolder.
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
        );
      },
    });
  },
});
