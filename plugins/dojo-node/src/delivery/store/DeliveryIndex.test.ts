import { listing } from '../__testUtils__/deliveryFacts';
import { testDatabases } from '../__testUtils__/testDatabase';
import { DeliveryIndex } from './DeliveryIndex';
import type { IndexedEntity } from './IndexedComponent';
import { dropTables, tables } from './indexTables';

const ref = 'component:default/ledger';
const entity: IndexedEntity = { title: 'Ledger', place: { kind: 'none' } };
const early = new Date('2026-11-29T12:00:00.000Z');
const late = new Date('2026-11-29T12:01:00.000Z');

describe('DeliveryIndex', () => {
  const databases = testDatabases();

  describe.each(databases.eachSupportedId())('on %s', id => {
    async function setup() {
      const knex = await databases.init(id);
      const changes: string[] = [];
      let now = early;
      const index = new DeliveryIndex({
        knex,
        clock: { now: () => now },
        onChange: (changed, _generation, what) =>
          changes.push(`${what} ${changed}`),
      });
      await index.prepare();
      return {
        knex,
        index,
        changes,
        setNow(next: Date) {
          now = next;
        },
      };
    }

    it('writes what is new, and nothing twice', async () => {
      const { index, changes } = await setup();
      const { generation: first } = await index.state();

      await expect(index.putEntity(ref, entity)).resolves.toBe(true);
      await expect(index.putEntity(ref, { ...entity })).resolves.toBe(false);
      await expect(
        index.putFacts(ref, 'infra', { a: 1, b: 2 }, early),
      ).resolves.toBe(true);
      await expect(
        index.putFacts(ref, 'infra', { b: 2, a: 1 }, late),
      ).resolves.toBe(false);
      await expect(index.putListing(ref, listing(ref))).resolves.toBe(true);
      await expect(index.putListing(ref, listing(ref))).resolves.toBe(false);

      expect(changes).toEqual([
        `entity ${ref}`,
        `facts ${ref}`,
        `listing ${ref}`,
      ]);
      const { generation } = await index.state();
      expect(generation - first).toBe(3);
      await expect(index.component(ref)).resolves.toEqual({
        ref,
        generation,
        entity,
      });
      await expect(index.facts(ref)).resolves.toEqual([
        { source: 'infra', facts: { a: 1, b: 2 } },
      ]);
    });

    it('keeps what a later reading said', async () => {
      const { index } = await setup();
      await index.putEntity(ref, entity);
      await index.putFacts(ref, 'infra', { head: 'new' }, late);
      await expect(
        index.putFacts(ref, 'infra', { head: 'old' }, early),
      ).resolves.toBe(false);
      await expect(index.facts(ref)).resolves.toEqual([
        { source: 'infra', facts: { head: 'new' } },
      ]);
    });

    it('keeps nothing of a component that it does not have', async () => {
      const { index } = await setup();
      await expect(index.putFacts(ref, 'infra', {}, early)).resolves.toBe(
        false,
      );
      await expect(index.facts(ref)).resolves.toEqual([]);
    });

    it('gives each of many writers a generation of its own', async () => {
      const { index } = await setup();
      const refs = Array.from(
        { length: 20 },
        (_, n) => `component:default/${n}`,
      );
      await Promise.all(refs.map(each => index.putEntity(each, entity)));
      const components = await index.components();
      expect(new Set(components.map(each => each.generation)).size).toBe(20);
    });

    it('tells what changed after a generation, also what went', async () => {
      const { index } = await setup();
      await index.putEntity(ref, entity);
      await index.putEntity('component:default/shop', entity);
      const { generation } = await index.state();
      await index.putListing(ref, listing(ref));
      await index.remove('component:default/shop');

      await expect(index.listingsAfter(generation)).resolves.toEqual(
        expect.arrayContaining([
          expect.objectContaining({ ref, listing: listing(ref) }),
          expect.objectContaining({
            ref: 'component:default/shop',
            isRemoved: true,
          }),
        ]),
      );
      await expect(index.components()).resolves.toHaveLength(1);
      await index.purge(late);
      await expect(index.state()).resolves.toMatchObject({ components: 1 });
    });

    it('takes in again what went', async () => {
      const { index } = await setup();
      await index.putEntity(ref, entity);
      await index.remove(ref);
      await expect(index.component(ref)).resolves.toBe(undefined);
      await expect(index.putEntity(ref, entity)).resolves.toBe(true);
      await expect(index.component(ref)).resolves.toMatchObject({ entity });
    });

    it('keeps how readings went', async () => {
      const { index } = await setup();
      const failed = {
        source: 'infra:file:infra.git',
        nextAt: 5,
        failures: 2,
        error: { code: 'GIT_DENIED', kind: 'denied', message: 'no' } as const,
      };
      const read = { source: 'repository:x', asOf: 3, nextAt: 9, failures: 0 };
      await index.putMarks([failed, read]);
      await index.putMarks([{ ...read, token: 'abc' }]);
      await expect(
        index.marks([failed.source, read.source, 'tasks']),
      ).resolves.toEqual(
        new Map<string, unknown>([
          [failed.source, failed],
          [read.source, { ...read, token: 'abc' }],
        ]),
      );
      await expect(index.marksBelow('repository:')).resolves.toEqual(
        new Map([[read.source, { ...read, token: 'abc' }]]),
      );
    });

    it('gives a turn to one at a time, until it is over', async () => {
      const { index, setNow } = await setup();
      const taken = await Promise.all(
        ['one', 'two', 'three'].map(holder =>
          index.takeLease('cluster:dev', holder, 60_000),
        ),
      );
      expect(taken.filter(Boolean)).toHaveLength(1);
      const holder = ['one', 'two', 'three'][taken.indexOf(true)]!;
      await expect(
        index.takeLease('cluster:dev', holder, 60_000),
      ).resolves.toBe(true);
      await expect(
        index.takeLease('cluster:dev', 'four', 60_000),
      ).resolves.toBe(false);
      setNow(new Date(early.getTime() + 60_001));
      await expect(
        index.takeLease('cluster:dev', 'four', 60_000),
      ).resolves.toBe(true);
    });

    it.each([
      ['all tables', Object.values(tables)],
      ['some of them', [tables.facts, tables.marks]],
    ])('goes on where somebody dropped %s', async (_what, names) => {
      const { index, knex } = await setup();
      await index.putEntity(ref, entity);
      for (const name of names) await knex.schema.dropTable(name);

      await expect(index.facts(ref)).resolves.toEqual([]);
      await expect(index.component(ref)).resolves.toBe(undefined);
      await expect(index.putEntity(ref, entity)).resolves.toBe(true);
    });

    it('begins a later generation after it was dropped', async () => {
      const { index, knex, setNow } = await setup();
      await index.putEntity(ref, entity);
      const before = await index.state();
      await dropTables(knex);
      setNow(late);
      const after = await index.state();
      expect(after.generation).toBeGreaterThan(before.generation);
      expect(after.epoch).not.toBe(before.epoch);
    });

    it('is made once by several at a time', async () => {
      const knex = await databases.init(id);
      const clock = { now: () => early };
      const indexes = [1, 2, 3].map(() => new DeliveryIndex({ knex, clock }));
      await Promise.all(indexes.map(index => index.prepare()));
      await expect(knex(tables.state).select('id')).resolves.toHaveLength(1);
    });
  });
});
