import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Access } from './access/Access';
import { Environments } from './config/Environments';
import type { DojoConfig } from './config/readDojoConfig';
import type { DojoService } from './DojoService';
import { toErrorJson } from './errors/toErrorJson';
import { DatabaseRunner } from './migration/DatabaseRunner';
import type { DatabaseTurns } from './migration/DatabaseTurns';
import { MigrationService } from './migration/MigrationService';
import { Operations } from './operations/Operations';
import { OperationsService } from './operations/OperationsService';
import { createReleasePorts } from './release/createReleasePorts';
import { createRepositoryOpener } from './repository/createRepositoryOpener';
import { ReleaseService } from './release/ReleaseService';

/** What the service is made of that is not its own. */
export interface CreateDojoServiceOptions {
  readonly config: DojoConfig;
  readonly integrations: ScmIntegrationRegistry;
  readonly access: Access;
  readonly catalog: CatalogService;
  readonly turns: DatabaseTurns;
}

/** Wires the facets of the service over the real systems. */
export function createDojoService(
  options: CreateDojoServiceOptions,
): DojoService {
  const { config, integrations, access, catalog, turns } = options;
  const openRepository = createRepositoryOpener(config, integrations);
  const environments = new Environments(config.environments);
  const ports = createReleasePorts(config, integrations, openRepository);
  const operations = new Operations({
    clock: ports.clock,
    toError: toErrorJson,
  });
  return {
    releases: new ReleaseService({ access, catalog, integrations, ports }),
    migrations: new MigrationService({
      access,
      catalog,
      integrations,
      environments,
      databases: new DatabaseRunner({
        openRepository,
        turns,
        command: require.resolve('dojo-portal-cli/bin/dojo'),
        temporaryRoot: config.temporaryRoot,
      }),
      operations,
    }),
    operations: new OperationsService({ access, operations }),
    environments,
  };
}
