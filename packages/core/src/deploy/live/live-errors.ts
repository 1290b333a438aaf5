import { DojoError } from 'backstage-plugin-dojo-common';

/** Why the state of an environment cannot be read, in words that a page shows as they are. */
export const liveErrors = {
  /** The cluster does not take the token (401). */
  tokenRefused: (environment: string, cause: unknown) =>
    new DojoError({
      code: 'LIVE_TOKEN_REFUSED',
      kind: 'denied',
      message: `The portal may not read ${environment} (token expired).`,
      hint: 'Your platform team can renew it.',
      cause,
    }),
  /** `right`: `watch deployments` */
  rightMissing: (environment: string, right: string, cause: unknown) =>
    new DojoError({
      code: 'LIVE_RIGHT_MISSING',
      kind: 'denied',
      message: `The portal may not read ${environment}: its service account lacks the right to ${right}.`,
      hint: 'Your platform team can bind the ClusterRole dojo-portal-watch of deploy/portal/grants/cluster to it.',
      cause,
    }),
  /** `why`: `connection refused` */
  silent: (environment: string, why: string, cause: unknown) =>
    new DojoError({
      code: 'LIVE_CLUSTER_SILENT',
      kind: 'unavailable',
      message: `${environment}'s cluster does not answer: ${why}`,
      hint: 'What was read of it last stays. It is asked again by itself.',
      cause,
    }),
};
