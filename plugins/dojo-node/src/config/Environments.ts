import type { Environment } from 'backstage-plugin-dojo-common';
import { environmentErrors } from '../errors/environmentErrors';
import { fixedFolderOf, toDatabaseFile } from './databaseFile';
import type { EnvironmentsAccess } from './EnvironmentsAccess';
import type { EnvironmentConfig } from './readDojoConfig';

/** Where the database of a component is. */
export interface ComponentDatabase {
  /** Absolute. */
  readonly path: string;
  /** The folder above all that is the component's in it. */
  readonly fixedFolder: string;
}

/** The environments of the configuration. */
export class Environments implements EnvironmentsAccess {
  readonly #environments: readonly EnvironmentConfig[];

  constructor(environments: readonly EnvironmentConfig[]) {
    this.#environments = environments;
  }

  list(): Environment[] {
    return this.#environments.map(({ name, database }) => ({
      name,
      migrates: database !== undefined,
    }));
  }

  /**
   * The database of a component there.
   *
   * @param ref - complete entity ref
   * @throws DojoError `ENVIRONMENT_NOT_FOUND`, `ENVIRONMENT_HAS_NO_DATABASE`, `COMPONENT_NAME_UNFIT`,
   * `DATABASE_NAMESPACE_MISSING`.
   */
  databaseOf(name: string, ref: string): ComponentDatabase {
    const found = this.#environments.find(each => each.name === name);
    if (found === undefined) {
      const known = this.#environments.map(each => each.name);
      throw environmentErrors.environmentNotFound(name, known);
    }
    if (found.database === undefined)
      throw environmentErrors.environmentHasNoDatabase(name);
    const { file } = found.database;
    return {
      path: toDatabaseFile(file, ref),
      fixedFolder: fixedFolderOf(file),
    };
  }
}
