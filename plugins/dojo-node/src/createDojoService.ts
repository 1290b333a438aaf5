import type { AuthService } from '@backstage/backend-plugin-api';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EventsService } from '@backstage/plugin-events-node';
import { createCommitImages, createLocalForge } from 'dojo-portal-core/service';
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
import { createHeadReader } from './repository/createHeadReader';
import {
  createBaseRepositoryOpener,
  createInfraRepositoryOpener,
  createRepositoryOpener,
} from './repository/createRepositoryOpener';
import { RejectionService } from './rejection/RejectionService';
import { ReleaseRunner } from './release/ReleaseRunner';
import { ReleaseService } from './release/ReleaseService';
import { LocalForgeEntries } from './service/LocalForgeEntries';
import { ServiceService } from './service/ServiceService';
import { ShipmentService } from './shipment/ShipmentService';
import { VersionsService } from './versions/VersionsService';

/** What the service is made of that is not its own. */
export interface CreateDojoServiceOptions {
  readonly config: DojoConfig;
  readonly integrations: ScmIntegrationRegistry;
  readonly access: Access;
  readonly catalog: CatalogService;
  /** Of the plugin: what is taken is taken whoever may see by what. */
  readonly auth: AuthService;
  readonly events: EventsService;
  readonly turns: DatabaseTurns;
  /** For plans, of all plugins of a backend together. */
  readonly slots: ChildSlots;
}

/** Wires the facets of the service over the real systems. */
export function createDojoService(
  options: CreateDojoServiceOptions,
): DojoService {
  const { config, integrations, access, catalog, turns, slots } = options;
  const { allow, author } = config;
  const clock = { now: () => new Date() };
  const openRepository = createRepositoryOpener(config, integrations);
  const openBase = createBaseRepositoryOpener(config, integrations);
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
    clock,
    toError: toErrorJson,
  });
  const parts = {
    releases: new ReleaseService({
      access,
      catalog,
      integrations,
      allow,
      runner: new ReleaseRunner({ config, integrations, slots, command }),
      readHead: createHeadReader({
        catalog,
        integrations,
        allow,
        openRepository,
      }),
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
    environments,
  };
  return {
    ...parts,
    shipments: new ShipmentService(parts),
    merges: new MergeService(deployments),
    operations: new OperationsService({ access, operations }),
    versions: new VersionsService({
      access,
      catalog,
      integrations,
      allow,
      openRepository: openBase,
    }),
    rejections: new RejectionService({
      access,
      catalog,
      integrations,
      allow,
      openBase,
      author,
      clock,
    }),
    services: createServices(options, environments),
    forgeEntries: new LocalForgeEntries(config),
  };
}

function createServices(
  options: CreateDojoServiceOptions,
  environments: Environments,
): ServiceService {
  const { config, integrations, access, catalog, auth, events } = options;
  const { localForgeRoot: root, temporaryRoot, author, allow, infra } = config;
  const forge =
    root === undefined ? undefined : createLocalForge({ root, temporaryRoot });
  const { name, version } = require('dojo-portal-cli/package.json');
  return new ServiceService({
    access,
    catalog,
    auth,
    events,
    allow,
    author,
    environments,
    cli: `${name}@${version}`,
    openRepository: createRepositoryOpener(config, integrations),
    openInfra: createInfraRepositoryOpener(config, integrations),
    ...(infra && { infra }),
    ...(root !== undefined &&
      forge && {
        forge,
        publishPorts: {
          forge,
          images: createCommitImages({ kind: 'below', path: root }),
          clock: { now: () => new Date() },
        },
      }),
  });
}
