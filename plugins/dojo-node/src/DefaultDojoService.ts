import type {
  Environment,
  MigrationResult,
  Operation,
  ReleaseResult,
} from 'backstage-plugin-dojo-common';
import type { Environments } from './config/Environments';
import { toBackstageError } from './errors/toBackstageError';
import type { MigrationService } from './migration/MigrationService';
import type { ReleaseService } from './release/ReleaseService';
import type {
  DojoCallOptions,
  DojoMigrateOptions,
  DojoPlanOptions,
  DojoReleaseOptions,
  DojoService,
  PlanMigrationRequest,
  PlanReleaseRequest,
  StartMigrationRequest,
  StartReleaseRequest,
} from './types';

/** What {@link DefaultDojoService} is made of. */
export interface DefaultDojoServiceOptions {
  readonly releases: ReleaseService;
  readonly migrations: MigrationService;
  readonly environments: Environments;
}

/** The service of {@link dojoServiceRef}: one object, whose parts decide who may and leave the rest to the engines. */
export class DefaultDojoService implements DojoService {
  readonly #options: DefaultDojoServiceOptions;

  static create(options: DefaultDojoServiceOptions): DefaultDojoService {
    return new DefaultDojoService(options);
  }

  private constructor(options: DefaultDojoServiceOptions) {
    this.#options = options;
  }

  planRelease(
    request: PlanReleaseRequest,
    options: DojoPlanOptions,
  ): Promise<ReleaseResult> {
    return this.#options.releases.plan(request, options);
  }

  release(
    request: StartReleaseRequest,
    options: DojoReleaseOptions,
  ): Promise<ReleaseResult> {
    return this.#options.releases.release(request, options);
  }

  listEnvironments(): Environment[] {
    return this.#options.environments.list();
  }

  planMigration(
    request: PlanMigrationRequest,
    options: DojoPlanOptions,
  ): Promise<MigrationResult> {
    return this.#options.migrations.plan(request, options);
  }

  migrate(
    request: StartMigrationRequest,
    options: DojoMigrateOptions,
  ): Promise<MigrationResult> {
    return this.#options.migrations.migrate(request, options);
  }

  startRehearsal(
    request: PlanMigrationRequest,
    options: DojoCallOptions,
  ): Promise<Operation> {
    return this.#options.migrations.startRehearsal(request, options);
  }

  getOperation(id: string, options: DojoCallOptions): Promise<Operation> {
    return asBackstage(() => this.#options.migrations.operation(id, options));
  }

  cancelOperation(id: string, options: DojoCallOptions): Promise<Operation> {
    return asBackstage(() => this.#options.migrations.cancel(id, options));
  }
}

async function asBackstage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toBackstageError(error);
  }
}
