import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of waiting for Argo CD or Flux. `object`: `Application argocd/ledger-dev`. */
export const syncErrors = {
  /** The controller says that it did not come up. */
  failed: (sentence: string) =>
    new DojoError({
      code: 'DEPLOY_SYNC_FAILED',
      kind: 'unavailable',
      message: sentence,
      hint: 'The commit stays. Look at the object in its controller; then deploy a version that comes up, or roll back.',
    }),
  unreadable: (object: string, said: string, cause: unknown) =>
    new DojoError({
      code: 'DEPLOY_SYNC_UNREADABLE',
      kind: 'refused',
      message: `${object} cannot be read: ${said}`,
      hint: 'Correct sync of the environment in the configuration, or give the account get, list and watch on that kind in its namespace.',
      cause,
    }),
};
