import type { ClusterFacts } from 'dojo-portal-core/delivery';
import { until } from '../../__testUtils__/until';
import { clusterFacts } from '../__testUtils__/deliveryFacts';
import {
  component,
  startDeliveries,
  unreachable,
} from '../__testUtils__/startDeliveries';
import type { FollowHooks } from '../read/DeliveryReaders';
import { tables } from '../store/indexTables';

type OnFacts = (component: string, facts: ClusterFacts) => void;

/** A followed cluster, with what the test makes it tell. */
async function follow() {
  const world = await startDeliveries({
    entities: [component('ledger'), component('shop')],
    environments: [{ name: 'dev', cluster: { name: 'dev' } as never }],
  });
  await world.entities.read(world.signal);
  let tell: OnFacts = () => {};
  let hooks: FollowHooks = {};
  let fail: (error: unknown) => void = () => {};
  world.readers.followCluster.mockImplementation(((
    _environment: string,
    onFacts: OnFacts,
    _signal: AbortSignal,
    given: FollowHooks,
  ) => {
    tell = onFacts;
    hooks = given;
    return new Promise((_, reject) => {
      fail = reject;
    });
  }) as never);
  const following = world.clusters[0]!.watch.follow(world.signal);
  await until(
    'it follows',
    () => world.readers.followCluster.mock.calls.length > 0,
  );
  const factsOf = async (name: string) =>
    (await world.index.facts(`component:default/${name}`)).find(
      ({ source }) => source === 'cluster:dev',
    )?.facts;
  return {
    ...world,
    factsOf,
    tell: (name: string, facts: ClusterFacts) => tell(name, facts),
    alive: () => hooks.onAlive?.(),
    fail: () => fail(unreachable),
    async end() {
      fail(unreachable);
      await following;
    },
    again: () => world.clusters[0]!.watch.follow(world.signal),
  };
}

const down: ClusterFacts = { ...clusterFacts, health: { kind: 'down' } };

describe('ClusterWatch', () => {
  it('gives a component that the index takes in what it said before', async () => {
    const world = await follow();
    world.tell('tills', down);
    world.alive();
    await until(
      'the first listing is kept',
      async () => (await world.factsOf('ledger')) !== undefined,
    );
    await world.refresher.adopt('component:default/tills', component('tills'));
    await world.refresher.idle();
    await expect(world.factsOf('tills')).resolves.toEqual(down);
    expect(world.readers.readInfra).toHaveBeenCalled();
    await world.end();
    await world.stop();
  });

  it('keeps what is told once all was, and that nothing is there of the others', async () => {
    const world = await follow();
    world.tell('ledger', clusterFacts);
    expect(await world.factsOf('ledger')).toBe(undefined);
    world.alive();
    await until('both are kept', async () =>
      Boolean(await world.factsOf('shop')),
    );
    expect(await world.factsOf('ledger')).toEqual(clusterFacts);
    expect(await world.factsOf('shop')).toMatchObject({
      running: { kind: 'nothing' },
      health: { kind: 'not-deployed' },
    });

    world.tell('ledger', down);
    await until('the change is kept', async () => {
      const facts = (await world.factsOf('ledger')) as ClusterFacts;
      return facts.health.kind === 'down';
    });
    await world.end();
    await world.stop();
  });

  it('has what git wants read at once where the health of a component turns', async () => {
    const world = await follow();
    world.tell('ledger', clusterFacts);
    world.alive();
    await until('it is kept', async () =>
      Boolean(await world.factsOf('ledger')),
    );
    const { readInfra } = world.readers;
    readInfra.mockClear();
    world.tell('ledger', down);
    await until('it is read', () => readInfra.mock.calls.length > 0);
    readInfra.mockClear();
    world.tell('ledger', { ...down, running: { kind: 'nothing' } });
    await until('the next is kept', async () => {
      const facts = (await world.factsOf('ledger')) as ClusterFacts;
      return facts.running.kind === 'nothing';
    });
    expect(readInfra).not.toHaveBeenCalled();
    await world.end();
    await world.stop();
  });

  it('keeps the facts of a cluster that fails, and leaves it alone for a time', async () => {
    const world = await follow();
    world.tell('ledger', clusterFacts);
    world.alive();
    await until('it is kept', async () =>
      Boolean(await world.factsOf('ledger')),
    );
    await world.end();
    expect(await world.factsOf('ledger')).toEqual(clusterFacts);
    const mark = (await world.index.marks(['cluster:dev'])).get('cluster:dev');
    expect(mark).toMatchObject({
      failures: 1,
      error: { code: 'GIT_DENIED' },
    });
    const calls = world.readers.followCluster.mock.calls.length;
    await world.again();
    expect(world.readers.followCluster).toHaveBeenCalledTimes(calls);
    await world.stop();
  });

  it('knows until when a cluster answered that fails', async () => {
    const world = await follow();
    world.tell('ledger', clusterFacts);
    world.alive();
    await until('it is kept', async () =>
      Boolean(await world.factsOf('ledger')),
    );
    const mark = async () =>
      (await world.index.marks(['cluster:dev'])).get('cluster:dev');
    const began = (await mark())?.asOf;
    world.pass(3_600_000);
    world.alive();
    await until('it is marked', async () => (await mark())?.asOf !== began);
    const lived = (await mark())?.asOf;
    world.pass(10_000);
    await world.end();
    expect(await mark()).toMatchObject({ failures: 1, asOf: lived });
    await world.stop();
  });

  it('tells pages of a cluster that answers again', async () => {
    const world = await follow();
    world.tell('ledger', clusterFacts);
    world.alive();
    await until('it is kept', async () =>
      Boolean(await world.factsOf('ledger')),
    );
    await world.end();
    await world.listings.idle();
    await world.signals.idle();
    world.publish.mockClear();
    const putMarks = jest.spyOn(world.index, 'putMarks');
    world.pass(10_001);
    const following = world.again();
    await until(
      'it follows again',
      () => world.readers.followCluster.mock.calls.length > 1,
    );
    world.tell('ledger', clusterFacts);
    world.alive();
    const lastOf = ({ mock }: { mock: { invocationCallOrder: number[] } }) =>
      mock.invocationCallOrder.at(-1) ?? Infinity;
    await until(
      'pages are told once it is kept that it answers',
      () => lastOf(world.publish) > lastOf(putMarks),
    );
    expect(
      (await world.index.marks(['cluster:dev'])).get('cluster:dev'),
    ).toMatchObject({ failures: 0 });
    world.fail();
    await following;
    await world.stop();
  });

  it('writes all again after the index was dropped', async () => {
    const world = await follow();
    world.tell('ledger', clusterFacts);
    world.alive();
    await until('it is kept', async () =>
      Boolean(await world.factsOf('ledger')),
    );
    for (const name of Object.values(tables)) {
      await world.knex.schema.dropTable(name);
    }
    await world.entities.read(world.signal);
    world.pass(60_000);
    world.alive();
    await until('it is kept again', async () =>
      Boolean(await world.factsOf('ledger')),
    );
    expect(await world.factsOf('ledger')).toEqual(clusterFacts);
    await world.end();
    await world.stop();
  });
});
