import { repositoryFacts } from '../__testUtils__/deliveryFacts';
import {
  component,
  owner,
  startDeliveries,
} from '../__testUtils__/startDeliveries';

const ref = 'component:default/ledger';
const image = 'registry.example/ledger';
const digest = `sha256:${'d'.repeat(64)}`;
const minute = 60_000;

describe('ImageRefresh', () => {
  let stop = async () => {};
  afterEach(() => stop());

  /** A component with one release, whose image the registry answers for as `says` goes. */
  async function start() {
    const started = await startDeliveries({
      entities: [
        component('ledger', {
          'dojo/repository': 'file:ledger.git',
          'dojo/image': image,
        }),
      ],
    });
    stop = started.stop;
    started.world.repository = {
      ...repositoryFacts(),
      releases: [
        {
          kind: 'release',
          version: '0.1.0',
          tag: 'v0.1.0',
          sha: 'a'.repeat(40),
          at: '2026-11-01T00:00:00.000Z',
          breaking: false,
          notes: '',
          image: { kind: 'digest', digest, check: 'unchecked' },
          unfinished: [],
          urls: {},
          counting: 1,
          commits: [],
          contains: [],
        },
      ],
    };
    return {
      ...started,
      async checked() {
        const { delivery } = await started.deliveries.get(
          { component: ref },
          { credentials: owner },
        );
        if (delivery.kind !== 'delivery') throw new Error('it is not set up');
        const { latest } = delivery;
        return latest.kind === 'release' && latest.image.kind === 'digest'
          ? latest.image.check
          : undefined;
      },
    };
  }

  it('asks once a day for an image that is what was released', async () => {
    const { readers, readAll, pass, checked } = await start();
    await readAll();
    pass(10 * minute);
    await readAll();
    await expect(checked()).resolves.toBe('same');
    expect(readers.checkImage).toHaveBeenCalledTimes(1);
    pass(25 * 60 * minute);
    await readAll();
    expect(readers.checkImage).toHaveBeenCalledTimes(2);
  });

  it.each(['missing', 'differs'] as const)(
    'asks again with its repository where the answer was %s: a release tags its image after its push',
    async said => {
      const { readers, readAll, pass, checked } = await start();
      readers.checkImage.mockResolvedValueOnce(said);
      await readAll();
      await expect(checked()).resolves.toBe(said);
      pass(10 * minute);
      await readAll();
      await expect(checked()).resolves.toBe('same');
    },
  );

  it('looks at it as soon as the run has ended that released it', async () => {
    const { readers, readAll, refresher, checked } = await start();
    readers.checkImage.mockResolvedValueOnce('missing');
    await readAll();
    refresher.happened(ref, 'ended');
    await refresher.idle();
    await expect(checked()).resolves.toBe('same');
  });
});
