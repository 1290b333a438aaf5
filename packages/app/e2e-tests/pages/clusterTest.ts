import { test } from '@playwright/test';
import { ClusterPortal } from './ClusterPortal';
import { PortalApi } from './PortalApi';

/** Where the programs of the cluster are not built yet, that comes first. */
const longestStart = 900_000;

/**
 * Tests of a portal with a cluster. It runs only while they do: beside the portal that all others share, it would cost
 * them time and memory.
 */
export const clusterTest = test.extend<object, { portal: ClusterPortal }>({
  portal: [
    // Playwright reads from the pattern which fixtures are needed: none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const portal = await ClusterPortal.start();
      await new PortalApi(portal.url).catalogHas(
        'component/default/ledger',
        'template/default/deploy',
        'template/default/release',
      );
      await provide(portal);
      await portal.stop();
    },
    { scope: 'worker', timeout: longestStart },
  ],
  baseURL: ({ portal }, provide) => provide(portal.url),
});
