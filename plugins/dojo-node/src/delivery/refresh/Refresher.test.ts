import {
  component,
  owner,
  startDeliveries,
} from '../__testUtils__/startDeliveries';
import { factNames } from '../sources/sourceNames';
import type { IndexedComponent } from '../store/IndexedComponent';
import { Refresher, type RefresherOptions } from './Refresher';

async function waitFor(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise(go => {
      setImmediate(go);
    });
  }
}

const plain = { component: 'component:default/plain' };

describe('Refresher', () => {
  describe('when the index took in what it did not know', () => {
    let world: Awaited<ReturnType<typeof startDeliveries>>;

    beforeEach(async () => {
      world = await startDeliveries({ entities: [component('ledger')] });
      await world.readAll();
      world.readers.readInfra.mockClear();
      world.readers.readDatabase.mockClear();
    });
    afterEach(() => world.stop());

    const later = component('later');
    const facts = () => world.index.facts('component:default/later');
    const ofDatabase = expect.objectContaining({
      source: factNames.database('dev'),
    });

    it('reads its database at once, and that of nothing else', async () => {
      await world.entities.put(later);

      await world.refresher.tookIn();

      expect(world.readers.readDatabase.mock.calls).toEqual([
        [
          expect.objectContaining({ name: 'later' }),
          'dev',
          undefined,
          expect.anything(),
        ],
      ]);
      expect(world.readers.readInfra).toHaveBeenCalledTimes(1);
      expect(await facts()).toContainEqual(ofDatabase);
    });

    it('does so where a tab asks for it before the index has it', async () => {
      await world.refresher.adopt('component:default/later', later);
      await world.refresher.idle();

      expect(world.readers.readDatabase).toHaveBeenCalledTimes(1);
      expect(await facts()).toContainEqual(ofDatabase);
    });
  });

  describe('when a tab shows a component that lacks something', () => {
    let world: Awaited<ReturnType<typeof startDeliveries>>;

    beforeEach(async () => {
      world = await startDeliveries({ entities: [component('plain', {})] });
      await show();
    });
    afterEach(() => world.stop());

    async function show() {
      const { delivery } = await world.deliveries.get(plain, {
        credentials: owner,
      });
      await world.refresher.idle();
      await world.signals.idle();
      return delivery.kind;
    }

    it('takes in what the catalog has of it by now, reads its sources, and tells the tab', async () => {
      jest
        .spyOn(world.catalog, 'getEntityByRef')
        .mockResolvedValue(component('plain'));
      world.publish.mockClear();

      expect(await show()).toBe('not-set-up');

      expect(world.publish).toHaveBeenCalled();
      expect(world.readers.readRepository).toHaveBeenCalledTimes(1);
      expect(world.readers.readInfra).toHaveBeenCalled();
      expect(await show()).toBe('delivery');
    });

    it('tells nothing where nothing is new, so that the tab does not ask in a circle', async () => {
      await show();
      world.publish.mockClear();

      expect(await show()).toBe('not-set-up');

      expect(world.publish).not.toHaveBeenCalled();
    });

    it('leaves what it knows where the catalog does not answer', async () => {
      jest
        .spyOn(world.catalog, 'getEntityByRef')
        .mockRejectedValue(new Error('away'));

      expect(await show()).toBe('not-set-up');
      expect(await show()).toBe('not-set-up');
    });
  });

  it('reads the runs once more where one begins while the last are read', async () => {
    const reads: ((read: { open: number; ended: string[] }) => void)[] = [];
    const read = jest.fn(
      () =>
        new Promise<{ open: number; ended: string[] }>(end => {
          reads.push(end);
        }),
    );
    const over = new AbortController();
    const refresher = new Refresher({
      runs: { read },
      infra: { read: async () => undefined },
      signal: over.signal,
    } as unknown as RefresherOptions);
    const ends = async () => {
      await waitFor(() => reads.length > 0);
      reads.shift()?.({ open: 0, ended: [] });
    };
    refresher.happened('component:default/ledger', 'started');
    await waitFor(() => reads.length > 0);
    refresher.happened('component:default/other', 'started');
    await ends();
    await ends();
    expect(read).toHaveBeenCalledTimes(2);
    over.abort();
  });

  it('reads once more for who asks within ten seconds of the last question, when they are over', async () => {
    const asked = { ref: 'component:default/ledger' } as IndexedComponent;
    let lease = 0;
    let now = 0;
    const over: (() => void)[] = [];
    const read = jest.fn(async () => undefined);
    const refresher = new Refresher({
      index: {
        takeLease: async (_name: string, _holder: string, length: number) => {
          if (now < lease) return false;
          lease = now + length;
          return true;
        },
      },
      repositories: { read },
      infra: { read: async () => undefined },
      databases: { read: async () => undefined },
      signal: new AbortController().signal,
      holder: 'a',
      wait: () =>
        new Promise<void>(go => {
          over.push(go);
        }),
    } as unknown as RefresherOptions);
    await refresher.ask(asked);
    await refresher.idle();
    now += 2_000;
    await refresher.ask(asked);
    await refresher.ask(asked);
    await refresher.idle();
    expect(read).toHaveBeenCalledTimes(1);
    expect(over).toHaveLength(1);
    now += 10_000;
    over[0]();
    await waitFor(() => read.mock.calls.length === 2);
    await refresher.idle();
    expect(read).toHaveBeenCalledTimes(2);
  });
});
