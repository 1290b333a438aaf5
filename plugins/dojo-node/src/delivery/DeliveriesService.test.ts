import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  deliveriesSchema,
  deliverySchema,
  deliveryChannel,
} from 'backstage-plugin-dojo-common';
import {
  component,
  owner,
  startDeliveries,
  unreachable,
} from './__testUtils__/startDeliveries';
import { infraFacts, repositoryFacts } from './__testUtils__/deliveryFacts';
import { tables } from './store/indexTables';

const credentials = owner;
const ledger = { component: 'component:default/ledger' };
const minute = 60_000;

type Started = Awaited<ReturnType<typeof startDeliveries>>;
let started: Started[] = [];

async function start(...options: Parameters<typeof startDeliveries>) {
  const world = await startDeliveries(...options);
  started.push(world);
  return world;
}

async function deliveryOf({ deliveries }: Started) {
  const { delivery } = await deliveries.get(ledger, { credentials });
  if (delivery.kind !== 'delivery') throw new Error('it is not set up');
  return delivery;
}

afterEach(async () => {
  for (const world of started) await world.stop();
  started = [];
});

describe('DeliveriesService', () => {
  describe('get', () => {
    it('answers from the index what the sources said', async () => {
      const world = await start();
      await world.readAll();
      const delivery = await deliveryOf(world);

      expect(deliverySchema.parse(delivery)).toEqual(delivery);
      expect(delivery.environments).toMatchObject([
        { name: 'dev', wanted: { kind: 'version', version: '0.1.0' } },
      ]);
      expect(
        Object.fromEntries(
          delivery.sources.map(({ id, state }) => [id, state]),
        ),
      ).toEqual({
        repository: 'current',
        infra: 'current',
        registry: 'off',
        tasks: 'current',
        'cluster:dev': 'off',
        'database:dev': 'current',
      });
    });

    it('asks no source, and answers before one does', async () => {
      const world = await start();
      world.readers.readRepository.mockImplementation(
        () =>
          new Promise((_, reject) => {
            world.signal.addEventListener('abort', () =>
              reject(world.signal.reason),
            );
          }),
      );
      const { sources } = await deliveryOf(world);
      expect(sources.find(({ id }) => id === 'repository')?.state).toBe(
        'loading',
      );
    });

    it('keeps what a source said that fails, and says that it is late', async () => {
      const world = await start();
      await world.readAll();
      const before = await deliveryOf(world);
      world.world.repository = unreachable;
      world.world.infra = unreachable;
      world.world.database = unreachable;
      world.pass(11 * minute);
      await world.readAll();
      const after = await deliveryOf(world);

      expect([after.lines, after.environments[0]?.wanted]).toEqual([
        before.lines,
        before.environments[0]?.wanted,
      ]);
      expect(after.environments[0]?.database).toEqual(
        before.environments[0]?.database,
      );
      for (const id of ['repository', 'infra', 'database:dev']) {
        expect(after.sources.find(each => each.id === id)).toMatchObject({
          state: 'late',
          asOf: '2026-11-29T12:00:00.000Z',
          error: { code: 'GIT_DENIED', hint: 'Try again.' },
        });
      }
    });

    it.each([
      ['its tables are dropped', Object.values(tables)],
      ['some of its tables are dropped', [tables.components]],
    ])('answers the same again after %s in mid-run', async (_when, names) => {
      const world = await start();
      await world.readAll();
      const before = await deliveryOf(world);
      for (const name of names) await world.knex.schema.dropTable(name);
      const between = await deliveryOf(world);
      expect(between.kind).toBe('delivery');
      await world.readAll();
      const after = await deliveryOf(world);
      expect({ ...after, generation: '', now: '' }).toEqual({
        ...before,
        generation: '',
        now: '',
      });
      const list = await world.deliveries.list({}, { credentials });
      expect(list.rows).toHaveLength(1);
    });

    it('has one tag as long as nothing changes but the time', async () => {
      const world = await start();
      await world.readAll();
      const tag = async () =>
        (await world.deliveries.get(ledger, { credentials })).etag;
      const first = await tag();
      world.pass(minute);
      await world.readAll();
      expect(await tag()).toBe(first);

      world.world.infra = infraFacts('0.2.0');
      world.pass(minute);
      await world.readAll();
      const second = await tag();
      expect(second).not.toBe(first);
      world.pass(60 * minute);
      expect(await tag()).not.toBe(second);
    });

    it('has another tag for who may do something else', async () => {
      const world = await start();
      await world.readAll();
      const first = await world.deliveries.get(ledger, { credentials });
      world.permissions.authorize.mockImplementation(async checks =>
        checks.map(({ permission }) => ({
          result: permission.name.endsWith('.read')
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
        })),
      );
      const second = await world.deliveries.get(ledger, { credentials });
      expect(second.etag).not.toBe(first.etag);
      expect(second.delivery).toMatchObject({
        access: { change: false, logs: false },
        actions: [],
      });
    });

    it('asks all permissions in one question', async () => {
      const world = await start();
      await world.readAll();
      world.permissions.authorize.mockClear();
      await deliveryOf(world);
      expect(world.permissions.authorize).toHaveBeenCalledTimes(1);
    });

    it.each([
      ['the permission is denied', ['dojo.delivery.read'], 'ledger'],
      ['there is no such component', [], 'nothing'],
    ])('says the same where %s', async (_when, denied, name) => {
      const world = await start({ denied });
      await world.readAll();
      await expect(
        world.deliveries.get({ component: name }, { credentials }),
      ).rejects.toMatchObject({
        name: 'NotFoundError',
        dojo: { code: 'COMPONENT_NOT_FOUND' },
      });
    });

    it('does not show what the catalog hides from somebody', async () => {
      const world = await start();
      await world.readAll();
      jest
        .spyOn(world.catalog, 'getEntitiesByRefs')
        .mockResolvedValue({ items: [undefined] });
      await expect(
        world.deliveries.get(ledger, { credentials }),
      ).rejects.toMatchObject({ dojo: { code: 'COMPONENT_NOT_FOUND' } });
    });

    it('says what is missing of a component without a repository', async () => {
      const world = await start({ entities: [component('plain', {})] });
      const { delivery } = await world.deliveries.get(
        { component: 'plain' },
        { credentials },
      );
      expect(delivery).toEqual({
        kind: 'not-set-up',
        missing: ['repository'],
        yaml: 'annotations:\n  dojo/repository: https://github.com/acme/plain\n',
      });
    });

    it('reads again what a tab shows that is older than a minute', async () => {
      const world = await start();
      await world.readAll();
      await deliveryOf(world);
      await world.refresher.idle();
      expect(world.readers.readRepository).toHaveBeenCalledTimes(1);
      world.pass(minute + 1);
      await Promise.all([deliveryOf(world), deliveryOf(world)]);
      await world.refresher.idle();
      expect(world.readers.readRepository).toHaveBeenCalledTimes(2);
    });
  });

  describe('refresh', () => {
    it('reads the sources once in ten seconds, and tells the auditor', async () => {
      const world = await start();
      await world.readAll();
      const before = world.readers.readRepository.mock.calls.length;
      world.world.repository = repositoryFacts('b'.repeat(40));
      await Promise.all(
        [1, 2, 3].map(() => world.deliveries.refresh(ledger, { credentials })),
      );
      await world.refresher.idle();
      expect(world.readers.readRepository).toHaveBeenCalledTimes(before + 1);
      expect(world.readers.readRepository).toHaveBeenLastCalledWith(
        expect.anything(),
        expect.anything(),
        expect.anything(),
        { everything: true },
      );
      expect((await deliveryOf(world)).lines[0]?.head).toBe('b'.repeat(40));
      world.pass(10_001);
      await world.deliveries.refresh(ledger, { credentials });
      await world.refresher.idle();
      expect(world.readers.readRepository).toHaveBeenCalledTimes(before + 2);
      expect(world.createEvent).toHaveBeenCalledWith(
        expect.objectContaining({ eventId: 'delivery-refresh' }),
      );
    });

    it('tells who listens, by the generation alone', async () => {
      const world = await start();
      await world.readAll();
      await world.signals.idle();
      world.publish.mockClear();
      world.world.repository = repositoryFacts('b'.repeat(40));
      await world.deliveries.refresh(ledger, { credentials });
      await world.refresher.idle();
      await world.listings.idle();
      await world.signals.idle();
      const { generation } = await deliveryOf(world);
      expect(world.publish).toHaveBeenCalledTimes(1);
      expect(world.publish).toHaveBeenCalledWith({
        recipients: { type: 'broadcast' },
        channel: deliveryChannel(ledger.component),
        message: { generation },
      });
    });
  });

  describe('list', () => {
    const three = ['ledger', 'receipts', 'shop'].map(name => component(name));

    it('answers the components that the caller may read', async () => {
      const world = await start({ entities: three });
      await world.readAll();
      const list = await world.deliveries.list(
        { sort: 'name', limit: 2, owned: true },
        { credentials },
      );
      expect(deliveriesSchema.parse(list)).toEqual(list);
      expect(list).toMatchObject({ total: 3, ownsAny: true });
      expect(list.rows.map(row => row.component)).toEqual([
        'component:default/ledger',
        'component:default/receipts',
      ]);
      const next = await world.deliveries.list(
        { sort: 'name', limit: 2, cursor: list.next },
        { credentials },
      );
      expect(next.rows.map(row => row.component)).toEqual([
        'component:default/shop',
      ]);
      expect(next.next).toBe(undefined);
    });

    it('asks the policy once, and one by one where it has conditions', async () => {
      const world = await start({ entities: three });
      await world.readAll();
      world.permissions.authorize.mockClear();
      const list = () =>
        world.deliveries.list({ sort: 'name' }, { credentials });
      await list();
      expect(world.permissions.authorize).not.toHaveBeenCalled();

      world.permissions.authorizeConditional.mockImplementation(async () => [
        {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'catalog',
          resourceType: 'catalog-entity',
          conditions: {
            rule: 'IS_ENTITY_OWNER',
            resourceType: 'catalog-entity',
            params: {},
          },
        },
      ]);
      world.permissions.authorize.mockImplementation(async checks =>
        checks.map(({ resourceRef }) => ({
          result: resourceRef?.endsWith('shop')
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
      );
      const first = await list();
      await list();
      expect(world.permissions.authorize).toHaveBeenCalledTimes(1);
      expect([first.total, first.rows.length]).toEqual([2, 2]);
    });

    it('shows nothing to who is denied, and nothing that the catalog hides', async () => {
      const world = await start({ entities: three });
      await world.readAll();
      jest
        .spyOn(world.catalog, 'getEntities')
        .mockResolvedValue({ items: [three[0]!] });
      const seen = await world.deliveries.list({}, { credentials });
      expect([seen.total, seen.rows.length]).toEqual([1, 1]);
      world.permissions.authorizeConditional.mockResolvedValue([
        { result: AuthorizeResult.DENY },
      ]);
      const denied = await world.deliveries.list(
        {},
        { credentials: mockCredentials.user('user:default/other') },
      );
      expect([denied.total, denied.rows, denied.ownsAny]).toEqual([
        0,
        [],
        false,
      ]);
    });

    it('forgets a component that the catalog has no more', async () => {
      const world = await start({ entities: three });
      await world.readAll();
      await world.deliveries.list({}, { credentials });
      await world.index.remove('component:default/shop');
      const { total } = await world.deliveries.list({}, { credentials });
      expect(total).toBe(2);
    });
  });

  describe('where', () => {
    it('refuses what is too short before anything is read', async () => {
      const world = await start();
      await expect(
        world.deliveries.where({ ...ledger, ref: 'abc123' }, { credentials }),
      ).rejects.toMatchObject({
        name: 'InputError',
        dojo: { code: 'DELIVERY_REF_INVALID' },
      });
      expect(world.permissions.authorize).not.toHaveBeenCalled();
    });
  });

  describe('measures', () => {
    it('refuses an environment that is not there', async () => {
      const world = await start();
      await world.readAll();
      await expect(
        world.deliveries.measures(
          { ...ledger, query: { environment: 'prod' } },
          { credentials },
        ),
      ).rejects.toMatchObject({ dojo: { code: 'ENVIRONMENT_NOT_FOUND' } });
    });
  });

  describe('log', () => {
    const ask = ({ deliveries }: Started, environment = 'dev') =>
      deliveries.log({ ...ledger, environment }, { credentials });

    it('needs a permission of its own', async () => {
      const world = await start({ denied: ['dojo.delivery.logs'] });
      await world.readAll();
      await expect(ask(world)).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
      expect(world.readers.readLog).not.toHaveBeenCalled();
    });

    it('refuses an environment that has no cluster', async () => {
      const world = await start();
      await world.readAll();
      await expect(ask(world)).rejects.toMatchObject({
        dojo: { code: 'DELIVERY_NOT_OBSERVED' },
      });
    });

    it('reads it from the cluster, and tells the auditor', async () => {
      const world = await start({
        environments: [
          {
            name: 'dev',
            cluster: { name: 'dev' } as never,
          },
        ],
      });
      await world.readAll();
      await expect(ask(world)).resolves.toEqual({ lines: ['hello'] });
      expect(world.createEvent).toHaveBeenCalledWith(
        expect.objectContaining({ eventId: 'delivery-log' }),
      );
    });
  });
});
