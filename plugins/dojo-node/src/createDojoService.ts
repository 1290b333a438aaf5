import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Access } from './access/Access';
import type { ChildSlots } from './child/ChildSlots';
import { Environments } from './config/Environments';
import type { DojoConfig } from './config/readDojoConfig';
import { DeploymentRunner } from './deployment/DeploymentRunner';
import { DeploymentService } from './deployment/DeploymentService';
import { MergeService } from './deployment/MergeService';
import type { DojoService } from './DojoService';
import { toErrorJson } from './errors/toErrorJson';
import { DatabaseRunner } from './migration/DatabaseRunner';
import type { DatabaseTurns } from './migration/DatabaseTurns';
import { MigrationService } from './migration/MigrationService';
import { Operations } from './operations/Operations';
import { OperationsService } from './operations/OperationsService';
import { createRepositoryOpener } from './repository/createRepositoryOpener';
import { ReleaseRunner } from './release/ReleaseRunner';
import { ReleaseService } from './release/ReleaseService';
import { VersionsService } from './versions/VersionsService';

/** What the service is made of that is not its own. */
export interface CreateDojoServiceOptions {
  readonly config: DojoConfig;
  readonly integrations: ScmIntegrationRegistry;
  readonly access: Access;
  readonly catalog: CatalogService;
  readonly turns: DatabaseTurns;
  /** For plans, of all plugins of a backend together. */
  readonly slots: ChildSlots;
}

/** Wires the facets of the service over the real systems. */
export function createDojoService(
  options: CreateDojoServiceOptions,
): DojoService {
  const { config, integrations, access, catalog, turns, slots } = options;
  const { allow } = config;
  const openRepository = createRepositoryOpener(config, integrations);
  const environments = new Environments(config);
  const command = require.resolve('dojo-portal-cli/bin/dojo');
  const deployments = {
    access,
    catalog,
    integrations,
    allow,
    environments,
    ...(config.infra && { infra: config.infra }),
    runner: new DeploymentRunner({ config, integrations, slots, command }),
  };
  const operations = new Operations({
    clock: { now: () => new Date() },
    toError: toErrorJson,
  });
  return {
    releases: new ReleaseService({
      access,
      catalog,
      integrations,
      allow,
      runner: new ReleaseRunner({ config, integrations, slots, command }),
    }),
    migrations: new MigrationService({
      access,
      catalog,
      integrations,
      allow,
      environments,
      databases: new DatabaseRunner({
        openRepository,
        turns,
        slots,
        command,
        temporaryRoot: config.temporaryRoot,
        plans: config.plans,
        migrations: config.migrations,
      }),
      operations,
    }),
    deployments: new DeploymentService(deployments),
    merges: new MergeService(deployments),
    operations: new OperationsService({ access, operations }),
    environments,
    versions: new VersionsService({
      access,
      catalog,
      integrations,
      allow,
      openRepository,
    }),
  };
}
