import { createBackend } from '@backstage/backend-defaults';
import { startFailure } from './policy/startFailure';

const backend = createBackend();

backend.add(import('./guest/rootHttpRouter'));
backend.add(import('./replicas/databaseInTurn'));

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
// Yours goes here too: this one lets in whoever is on this machine, and nobody where the guest is not on.
backend.add(import('./guest/signInModule'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('backstage-plugin-catalog-backend-module-dojo'));

backend.add(import('@backstage/plugin-permission-backend'));
// Your policy goes here too: without the guest there is none, and the portal does not start.
backend.add(import('./policy/policyModule'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
// They publish new services where the portal's own forge is not wanted.
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-gitlab'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));

// Agents use what plugins offer as actions (backend.actions.pluginSources).
backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.add(import('backstage-plugin-dojo-backend'));
backend.add(import('backstage-plugin-scaffolder-backend-module-dojo'));

backend.start().catch(error => {
  process.stderr.write(`${startFailure(error)}\n`);
  // Backstage would stay, and answer to nothing: whoever started it shall see that it did not start.
  process.exit(1);
});
