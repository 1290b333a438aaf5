import { DojoError } from 'backstage-plugin-dojo-common';

/** The errors of reading what the Delivery page shows, beside those of the systems themselves. */
export const readerErrors = {
  clusterMissing: (environment: string) =>
    new DojoError({
      code: 'LIVE_CLUSTER_MISSING',
      kind: 'not-found',
      message: `${environment} has no cluster`,
      hint: 'Name one in dojo.environments, as cluster, if it runs in one.',
    }),
  logLate: (environment: string) =>
    new DojoError({
      code: 'LIVE_LOG_LATE',
      kind: 'unavailable',
      message: `the log did not come from ${environment} within 5 s`,
      hint: 'Ask again.',
    }),
};
