import type { Environment } from 'backstage-plugin-dojo-common';
import { onlySourceOf } from 'dojo-portal-core/deploy';
import { environmentErrors } from '../errors/environmentErrors';
import { fixedFolderOf, toDatabaseFile } from './databaseFile';
import type { EnvironmentsAccess } from './EnvironmentsAccess';
import { Freeze, freezeAt } from './freezeAt';
import type { DojoConfig, EnvironmentConfig } from './readDojoConfig';

/** Where the database of a component is. */
export interface ComponentDatabase {
  /** Absolute. */
  readonly path: string;
  /** The folder above all that is the component's in it. */
  readonly fixedFolder: string;
}

/** What {@link Environments} is made of. */
export type EnvironmentsConfig = Pick<
  DojoConfig,
  'allow' | 'environments' | 'infra'
>;

/** The environments of the configuration. */
export class Environments implements EnvironmentsAccess {
  readonly #environments: readonly EnvironmentConfig[];
  /** Whether there is a repository that an overlay could be in. */
  readonly #deploys: boolean;

  constructor({ allow, environments, infra }: EnvironmentsConfig) {
    this.#environments = environments;
    this.#deploys = infra !== undefined || allow.infra.length > 0;
  }

  list(): Environment[] {
    return this.#environments.map(
      ({ name, database, cluster, mode = 'commit', ...rules }) => ({
        name,
        migrates: database !== undefined,
        deploys: this.#deploys,
        ...(rules.promotesFrom !== undefined && {
          promotesFrom: rules.promotesFrom,
        }),
        ...(onlySourceOf(rules) !== undefined && { promotedOnly: true }),
        ...(this.#deploys && { mode }),
        ...(cluster && { cluster: cluster.name }),
        ...(rules.approval !== undefined && { approval: rules.approval }),
      }),
    );
  }

  freezeOf(name: string, now: Date): Freeze | undefined {
    return freezeAt(this.get(name).freeze ?? [], now);
  }

  /**
   * What is configured for an environment.
   *
   * @throws DojoError `ENVIRONMENT_NOT_FOUND`.
   */
  get(name: string): EnvironmentConfig {
    const found = this.#environments.find(each => each.name === name);
    if (found !== undefined) return found;
    const known = this.#environments.map(each => each.name);
    throw environmentErrors.environmentNotFound(name, known);
  }

  /**
   * The database of a component there.
   *
   * @param ref - complete entity ref
   * @throws DojoError `ENVIRONMENT_NOT_FOUND`, `ENVIRONMENT_HAS_NO_DATABASE`, `COMPONENT_NAME_UNFIT`,
   * `DATABASE_NAMESPACE_MISSING`.
   */
  databaseOf(name: string, ref: string): ComponentDatabase {
    const { database } = this.get(name);
    if (database === undefined)
      throw environmentErrors.environmentHasNoDatabase(name);
    const { file } = database;
    return {
      path: toDatabaseFile(file, ref),
      fixedFolder: fixedFolderOf(file),
    };
  }
}
