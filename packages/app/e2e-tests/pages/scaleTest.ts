import { test } from '@playwright/test';
import { ForgeRepository } from './ForgeRepository';
import { makeMeasured, makeUnobserved } from './MeasuredService';
import { PortalApi } from './PortalApi';
import { type RemoteForge, ScalePortal } from './ScalePortal';

/** Of the stories; the ledger and those with figures are more. */
const components = 1_000;
/** A thousand components come into a catalog, beside three other portals. */
const longestStart = 900_000;

/** Services whose landings are measured. */
export const measured = { noted: 'figures', unobserved: 'unseen' };

/** What is there from the beginning beside the fleet. */
function seed(forge: RemoteForge): void {
  for (const [name, make] of [
    [measured.noted, makeMeasured],
    [measured.unobserved, makeUnobserved],
  ] as const) {
    const repository = `${forge.url}/${name}.git`;
    make(name, forge.folder, `${repository}//deploy/k8s/base`);
    ForgeRepository.make(
      {
        name,
        owner: 'group:default/accounting',
        annotations: { 'dojo/repository': repository },
        commits: ['chore: its entry'],
      },
      forge.data,
    );
  }
}

/** Tests of a portal with many components, which runs only while they do. */
export const scaleTest = test.extend<object, { portal: ScalePortal }>({
  portal: [
    // Playwright reads from the pattern which fixtures are needed: none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const portal = await ScalePortal.start(components, seed);
      // Whom one signs in as is in the catalog among a thousand others.
      await new PortalApi(portal.url).catalogHas(
        'user/default/owner',
        'group/default/accounting',
        'component/default/atlas',
        ...Object.values(measured).map(name => `component/default/${name}`),
        'template/default/release',
      );
      await provide(portal);
      await portal.stop();
    },
    { scope: 'worker', timeout: longestStart },
  ],
  baseURL: ({ portal }, provide) => provide(portal.url),
});
