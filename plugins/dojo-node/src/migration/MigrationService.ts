import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  migrationChoicesSchema,
  MigrationResult,
  OperationOf,
  parseInput,
} from 'backstage-plugin-dojo-common';
import type { Access, AuditedCall } from '../access/Access';
import { initiatorOf } from '../access/initiatorOf';
import type {
  DojoCallOptions,
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';
import {
  type ComponentAllowance,
  readComponent,
} from '../component/readComponent';
import { toComponentRef } from '../component/toComponentRef';
import type { Environments } from '../config/Environments';
import { operationErrors } from '../operations/operationErrors';
import type { Operations, OperationSubject } from '../operations/Operations';
import type {
  DatabaseRunner,
  DatabaseRunOptions,
  DatabaseWork,
} from './DatabaseRunner';
import { tellFailure } from './tellFailure';
import { migrationChecks } from './migrationChecks';
import type { MigrationMode } from './toMigrationChildRequest';
import type {
  LookAtMigrationRequest,
  Migrations,
  PlanMigrationRequest,
  StartMigrationRequest,
} from './Migrations';

/** What {@link MigrationService} works with. */
export interface MigrationServiceOptions {
  readonly access: Access;
  readonly catalog: CatalogService;
  readonly integrations: ScmIntegrationRegistry;
  readonly allow: ComponentAllowance;
  readonly environments: Environments;
  readonly databases: Pick<DatabaseRunner, 'run'>;
  readonly operations: Pick<Operations, 'start'>;
}

/** The migrations of components' databases: who may, audit, and the way to the database. */
export class MigrationService implements Migrations {
  readonly #options: MigrationServiceOptions;

  constructor(options: MigrationServiceOptions) {
    this.#options = options;
  }

  async plan(
    request: LookAtMigrationRequest,
    options: DojoPlanOptions,
  ): Promise<MigrationResult> {
    const { ahead, ...asked } = request;
    return this.#audited('migration-plan', 'low', asked, options, async () =>
      this.#run(
        {
          ...(await this.#authorized('plan', asked, options.credentials)),
          ...(ahead && { ahead }),
        },
        options,
      ),
    );
  }

  async migrate(
    request: StartMigrationRequest,
    options: DojoRunOptions,
  ): Promise<MigrationResult> {
    return this.#audited('migration', 'medium', request, options, async () =>
      this.#run(
        await this.#authorized('run', request, options.credentials),
        options,
      ),
    );
  }

  /** The audited event ends with the rehearsal itself. */
  startRehearsal(
    request: PlanMigrationRequest,
    options: DojoCallOptions,
  ): Promise<OperationOf<'migration-rehearsal'>> {
    const { operations } = this.#options;
    return new Promise((resolve, reject) => {
      this.#audited(
        'migration-rehearsal',
        'low',
        request,
        options,
        async () => {
          const { credentials } = options;
          const work = await this.#authorized('rehearse', request, credentials);
          const { operation, ended } = operations.start({
            subject: subjectOf(work),
            run: context => this.#run(work, context),
            show: progress => ({ kind: 'migration-rehearsal', ...progress }),
            toCancelled: () =>
              operationErrors.operationCancelled({
                what: 'the rehearsal',
                left: 'the database is as it was',
              }),
          });
          resolve(operation);
          return ended;
        },
      ).catch(reject);
    });
  }

  /** What fails is told in words of the environment. */
  #run(
    work: DatabaseWork,
    options: DatabaseRunOptions,
  ): Promise<MigrationResult> {
    return this.#options.databases.run(work, options).catch(error => {
      throw tellFailure(error, work);
    });
  }

  /**
   * The permissions come first: nothing is read, not even the catalog, for who may not, and no configured
   * name or path is told.
   */
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
    await this.#options.access.require(
      migrationChecks(mode, { component, environment }),
      credentials,
    );
    const database = this.#options.environments.databaseOf(
      environment,
      component,
    );
    const { repository, tagPrefix, path, migrations } = await readComponent(
      component,
      credentials,
      this.#options,
    );
    return {
      component,
      initiator: initiatorOf(credentials),
      environment,
      database: database.path,
      fixedFolder: database.fixedFolder,
      repository,
      tagPrefix,
      path,
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

function subjectOf({ component, environment }: DatabaseWork): OperationSubject {
  return {
    meta: { component, environment },
    toSee: migrationChecks('plan', { component, environment }),
    toCancel: migrationChecks('rehearse', { component, environment }),
  };
}
