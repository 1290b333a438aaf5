import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  migrationChoicesSchema,
  MigrationResult,
  Operation,
  parseInput,
} from 'backstage-plugin-dojo-common';
import {
  dojoDeliveryReadPermission,
  dojoEnvironmentChangePermission,
  dojoMigrationRunPermission,
} from 'backstage-plugin-dojo-common/permissions';
import type { Access, AuditedCall, PermissionCheck } from '../access/Access';
import { readComponent } from '../component/readComponent';
import { toComponentRef } from '../component/toComponentRef';
import type { Environments } from '../config/Environments';
import type { DatabaseRunner, DatabaseWork } from './DatabaseRunner';
import type { MigrationMode } from './migrationArguments';
import type { Operations, OperationSubject } from '../operations/Operations';
import type {
  DojoCallOptions,
  DojoMigrateOptions,
  DojoPlanOptions,
  PlanMigrationRequest,
  StartMigrationRequest,
} from '../types';

/** What {@link MigrationService} works with. */
export interface MigrationServiceOptions {
  readonly access: Access;
  readonly catalog: CatalogService;
  readonly integrations: ScmIntegrationRegistry;
  readonly environments: Environments;
  readonly databases: Pick<DatabaseRunner, 'run'>;
  readonly operations: Operations;
}

/** The migration half of the service. */
export class MigrationService {
  readonly #options: MigrationServiceOptions;

  constructor(options: MigrationServiceOptions) {
    this.#options = options;
  }

  async plan(
    request: PlanMigrationRequest,
    options: DojoPlanOptions,
  ): Promise<MigrationResult> {
    return this.#audited('migration-plan', 'low', request, options, async () =>
      this.#options.databases.run(
        await this.#authorized('plan', request, options.credentials),
        options,
      ),
    );
  }

  async migrate(
    request: StartMigrationRequest,
    options: DojoMigrateOptions,
  ): Promise<MigrationResult> {
    return this.#audited('migration', 'medium', request, options, async () =>
      this.#options.databases.run(
        await this.#authorized('run', request, options.credentials),
        options,
      ),
    );
  }

  /** Answers as soon as it is known that it may run; the audited event ends with the rehearsal itself. */
  startRehearsal(
    request: PlanMigrationRequest,
    options: DojoCallOptions,
  ): Promise<Operation> {
    const { databases, operations } = this.#options;
    return new Promise((resolve, reject) => {
      this.#audited(
        'migration-rehearsal',
        'low',
        request,
        options,
        async () => {
          const { credentials } = options;
          const work = await this.#authorized('rehearse', request, credentials);
          const { id, ended } = operations.start(work, context =>
            databases.run(work, context),
          );
          resolve(operations.show(id));
          return ended;
        },
      ).catch(reject);
    });
  }

  async operation(
    id: string,
    { credentials }: DojoCallOptions,
  ): Promise<Operation> {
    const { access, operations } = this.#options;
    const subject = operations.subjectOf(id);
    await access.require(checksOf('plan', subject), credentials);
    return operations.show(id);
  }

  async cancel(
    id: string,
    { credentials }: DojoCallOptions,
  ): Promise<Operation> {
    const { access, operations } = this.#options;
    const { component, environment } = operations.subjectOf(id);
    return access.audited(
      {
        eventId: 'migration-rehearsal-cancel',
        severityLevel: 'low',
        meta: { component, environment, operation: id },
        credentials,
      },
      async () => {
        const checks = checksOf('rehearse', { component, environment });
        await access.require(checks, credentials);
        operations.cancel(id);
        return operations.show(id);
      },
      ({ state }) => ({ meta: { state } }),
    );
  }

  /** The permissions come first: nothing is read, not even the catalog, for who may not. */
  async #authorized(
    mode: MigrationMode,
    request: StartMigrationRequest,
    credentials: BackstageCredentials,
  ): Promise<DatabaseWork> {
    const { environment, planHash } = request;
    const component = toComponentRef(request.component);
    const choices = parseInput(
      migrationChoicesSchema,
      request.choices,
      'migration',
    );
    const database = this.#options.environments.databaseOf(
      environment,
      component,
    );
    await this.#options.access.require(
      checksOf(mode, { component, environment }),
      credentials,
    );
    const { repository, migrations } = await readComponent(
      component,
      credentials,
      this.#options,
    );
    return {
      component,
      environment,
      database,
      repository,
      migrations,
      choices,
      mode,
      planHash,
    };
  }

  #audited(
    eventId: string,
    severityLevel: AuditedCall['severityLevel'],
    { component, environment, planHash }: StartMigrationRequest,
    { credentials }: DojoCallOptions,
    run: () => Promise<MigrationResult>,
  ): Promise<MigrationResult> {
    return this.#options.access.audited(
      {
        eventId,
        severityLevel,
        meta: { component, environment, planHash },
        credentials,
      },
      run,
      ({ outcome, from, to, version, backup, planHash: hash }) => ({
        meta: { outcome, from, to, version, backup, planHash: hash },
      }),
    );
  }
}

/** A rehearsal keeps writers out of the database and costs a copy of it: it changes the environment while it lasts. */
function checksOf(
  mode: MigrationMode,
  { component, environment }: OperationSubject,
): PermissionCheck[] {
  if (mode === 'plan') {
    return [{ permission: dojoDeliveryReadPermission, resourceRef: component }];
  }
  return [
    { permission: dojoMigrationRunPermission, resourceRef: component },
    { permission: dojoEnvironmentChangePermission, resourceRef: environment },
  ];
}
