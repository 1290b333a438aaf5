import type { Environment } from 'backstage-plugin-dojo-common';
import { environmentErrors } from '../errors/environmentErrors';
import { toDatabaseFile } from './databaseFile';
import type { EnvironmentsAccess } from './EnvironmentsAccess';
import type { EnvironmentConfig } from './readDojoConfig';

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
   * The database of a component there, as an absolute path.
   *
   * @param ref - complete entity ref
   * @throws DojoError `ENVIRONMENT_NOT_FOUND`, `ENVIRONMENT_HAS_NO_DATABASE`, `COMPONENT_NAME_UNFIT`,
   * `DATABASE_NAMESPACE_MISSING`.
   */
  databaseOf(name: string, ref: string): string {
    const found = this.#environments.find(each => each.name === name);
    if (found === undefined) {
      const known = this.#environments.map(each => each.name);
      throw environmentErrors.environmentNotFound(name, known);
    }
    if (found.database === undefined)
      throw environmentErrors.environmentHasNoDatabase(name);
    return toDatabaseFile(found.database.file, ref);
  }
}
