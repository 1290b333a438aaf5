import type { DeploymentRequest } from 'backstage-plugin-dojo-common';

type Place = Pick<DeploymentRequest, 'component' | 'environment'>;

/** Folder of an overlay in the infra repository. */
export function overlayFolder({ component, environment }: Place): string {
  return `${component}/${environment}`;
}

/** Default template of a namespace (`dojo.environments[].namespace`). */
export const defaultNamespace = '{component}-{environment}';

/** The namespace that an overlay's objects are in. */
export function namespaceOf(
  { component, environment }: Place,
  template = defaultNamespace,
): string {
  return template
    .replaceAll('{component}', component)
    .replaceAll('{environment}', environment);
}

/**
 * The branch that asks for a change. Names have no slash, so that no two overlays share one: `ledger-api` of `dev` and
 * `ledger` of `api-dev` are told apart.
 */
export function requestBranch(place: Place): string {
  return `dojo/${overlayFolder(place)}`;
}

/** Whether a repository is reached over the network, where a request to merge is more than a branch. */
export function isHosted(repository: string): boolean {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(repository)) {
    return !/^file:/i.test(repository);
  }
  // git's own rule: a colon before the first slash makes an address.
  return /^(?!file:)[^/]+:/i.test(repository);
}
