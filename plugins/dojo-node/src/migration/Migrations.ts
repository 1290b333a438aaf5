import type {
  MigrationChoicesInput,
  MigrationResult,
  OperationOf,
} from 'backstage-plugin-dojo-common';
import type {
  DojoCallOptions,
  DojoPlanOptions,
  DojoRunOptions,
} from '../access/DojoCallOptions';

/** What to plan a migration of. @public */
export interface PlanMigrationRequest {
  /** Entity ref; kind and namespace default to `component:default/`. */
  readonly component: string;
  /** Name of one of `dojo.environments`. */
  readonly environment: string;
  /** What the person chose; which database and which SQL comes from the configuration and the component's annotations. */
  readonly choices: MigrationChoicesInput;
}

/** A version that is not released yet. @public */
export interface VersionAhead {
  readonly version: string;
  /** Name that its tag will have. */
  readonly tag: string;
  /** Commit whose SQL it will have. */
  readonly commit: string;
}

/** What to look at. @public */
export interface LookAtMigrationRequest extends StartMigrationRequest {
  /** The version whose SQL it is, before it is released; default: what the choices say. */
  readonly ahead?: VersionAhead;
}

/** What to migrate. @public */
export interface StartMigrationRequest extends PlanMigrationRequest {
  /** Of the reviewed plan: a conflict when the plan computed now is another one. */
  readonly planHash?: string;
}

/** The migrations of components' databases. @public */
export interface Migrations {
  /**
   * Reads the database and the SQL of a version, changes no byte. Needs `dojo.delivery.read` on the component. With a
   * planHash: a conflict where that plan no longer holds.
   *
   * @throws DATABASE_BUSY (conflict) where a run on the database does not end soon.
   */
  plan(
    request: LookAtMigrationRequest,
    options: DojoPlanOptions,
  ): Promise<MigrationResult>;

  /**
   * Migrates the database, rebuilds its caches or restores a backup; running it again is always safe, and a run that is
   * cancelled, killed or fails leaves the database as it was. A second run on one database waits for the first. Needs
   * `dojo.migration.run` on the component and `dojo.environment.change` on the environment.
   */
  migrate(
    request: StartMigrationRequest,
    options: DojoRunOptions,
  ): Promise<MigrationResult>;

  /**
   * Runs the migration on a private copy, as an operation that {@link OperationsAccess} follows; the database stays as it
   * is. Answers as soon as it is known that it may run. Needs what a migration needs.
   */
  startRehearsal(
    request: PlanMigrationRequest,
    options: DojoCallOptions,
  ): Promise<OperationOf<'migration-rehearsal'>>;
}
