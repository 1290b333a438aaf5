import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Environment,
  MigrationChoicesInput,
  MigrationResult,
  Operation,
  Outcome,
  ReleaseChoicesInput,
  ReleaseResult,
} from 'backstage-plugin-dojo-common';

/** What to plan a release of. @public */
export interface PlanReleaseRequest {
  /** Entity ref; kind and namespace default to `component:default/`. */
  readonly component: string;
  /** What the person chose; where it is released comes from the component's annotations only. */
  readonly choices: ReleaseChoicesInput;
}

/** What to release. @public */
export interface StartReleaseRequest extends PlanReleaseRequest {
  /** Of the reviewed plan: a conflict when the plan computed now is another one. */
  readonly planHash?: string;
}

/** What to plan a migration of. @public */
export interface PlanMigrationRequest {
  /** Entity ref; kind and namespace default to `component:default/`. */
  readonly component: string;
  /** Name of one of `dojo.environments`. */
  readonly environment: string;
  /** What the person chose; which database and which SQL comes from the configuration and the component's annotations. */
  readonly choices: MigrationChoicesInput;
}

/** What to migrate. @public */
export interface StartMigrationRequest extends PlanMigrationRequest {
  /** Of the reviewed plan: a conflict when the plan computed now is another one. */
  readonly planHash?: string;
}

/** Options of every call. @public */
export interface DojoCallOptions {
  /** Of the initiator: they are what is authorized, and what reads the catalog. */
  readonly credentials: BackstageCredentials;
}

/** Options of {@link DojoService.planRelease} and {@link DojoService.planMigration}. @public */
export interface DojoPlanOptions extends DojoCallOptions {
  readonly signal: AbortSignal;
}

/** Options of {@link DojoService.migrate}. @public */
export interface DojoMigrateOptions extends DojoPlanOptions {
  /** One line per migration, and a heartbeat of long ones; default: nowhere. */
  readonly log?: (line: string) => void;
}

/** Options of {@link DojoService.release}. @public */
export interface DojoReleaseOptions extends DojoPlanOptions {
  /** One line per milestone; default: nowhere. */
  readonly log?: (line: string) => void;
  /** Called once per effect, as soon as its outcome is known. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/**
 * The dojo engines inside Backstage: who may, audit, credentials and configuration around `plan` and `execute`.
 *
 * Every method authorizes the initiator once, before anything is read or written, and throws an error of
 * `@backstage/errors` whose `dojo` field is the written form of the `DojoError` behind it.
 *
 * @public
 */
export interface DojoService {
  /** Reads the real systems, writes nothing. Needs `dojo.delivery.read` on the component. */
  planRelease(
    request: PlanReleaseRequest,
    options: DojoPlanOptions,
  ): Promise<ReleaseResult>;

  /**
   * Releases the component; running it again is always safe. Needs `dojo.release.create` on the component.
   *
   * @returns all outcomes also where an effect failed (`outcome: 'failed'`).
   */
  release(
    request: StartReleaseRequest,
    options: DojoReleaseOptions,
  ): Promise<ReleaseResult>;

  /** In the order of the configuration. Needs nothing: names are no secret. */
  listEnvironments(): Environment[];

  /**
   * Reads the database and the SQL of a version, changes no byte. Needs `dojo.delivery.read` on the component.
   *
   * @throws DATABASE_BUSY (conflict) where a run on the database does not end soon.
   */
  planMigration(
    request: PlanMigrationRequest,
    options: DojoPlanOptions,
  ): Promise<MigrationResult>;

  /**
   * Migrates the database, rebuilds its caches or restores a backup; running it again is always safe, and a run that is
   * cancelled, killed or fails leaves the database as it was. A second run on one database waits for the first. Needs
   * `dojo.migration.run` on the component and `dojo.environment.change` on the environment.
   */
  migrate(
    request: StartMigrationRequest,
    options: DojoMigrateOptions,
  ): Promise<MigrationResult>;

  /** Runs the migration on a private copy, as an operation; the database stays as it is. Needs what a migration needs. */
  startRehearsal(
    request: PlanMigrationRequest,
    options: DojoCallOptions,
  ): Promise<Operation>;

  /** An operation of this plugin, as it is now. Needs `dojo.delivery.read` on its component. */
  getOperation(id: string, options: DojoCallOptions): Promise<Operation>;

  /** Stops an operation; one that has ended stays as it is. Needs what starting it needed. */
  cancelOperation(id: string, options: DojoCallOptions): Promise<Operation>;
}
