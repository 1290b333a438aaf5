import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of environments and of the places of their databases. */
export const environmentErrors = {
  /** No environment of this name is configured. */
  environmentNotFound: (name: string, known: readonly string[]) =>
    new DojoError({
      code: 'ENVIRONMENT_NOT_FOUND',
      kind: 'not-found',
      message: `there is no environment ${JSON.stringify(name)} (there is: ${
        known.join(', ') || 'none'
      })`,
      hint: 'Choose one of them, or add it to dojo.environments of app-config.yaml.',
    }),
  /** The environment is there, and where its databases are is not said. */
  environmentHasNoDatabase: (name: string) =>
    new DojoError({
      code: 'ENVIRONMENT_HAS_NO_DATABASE',
      kind: 'refused',
      message: `nothing can be migrated in ${name}: its database is not configured`,
      hint: `Add database.file to ${name} in dojo.environments of app-config.yaml.`,
    }),
  /** Two components would share a file. */
  namespaceMissing: (ref: string) =>
    new DojoError({
      code: 'DATABASE_NAMESPACE_MISSING',
      kind: 'refused',
      message: `${ref} is not in the namespace default, and the path of its database tells no namespaces apart`,
      hint: 'Add {namespace} to the path in dojo.environments of app-config.yaml.',
    }),
  /** The name cannot be a part of a path. */
  componentNameUnfit: (ref: string) =>
    new DojoError({
      code: 'COMPONENT_NAME_UNFIT',
      kind: 'refused',
      message: `the name or namespace of ${JSON.stringify(
        ref,
      )} cannot be part of a path`,
      hint: 'Names of components with a database are letters, digits, dots, dashes and underscores, and begin with a letter or digit.',
    }),
};
