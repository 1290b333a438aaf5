import { DatabaseManager } from '@backstage/backend-defaults/database';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { freePort, startPostgres } from 'dojo-testing';
import type { TestPostgres } from 'dojo-testing';
import { forgetLeftLocks } from './forgetLeftLocks';
import type { DatabaseClient } from './startTurn';
import { takeStartTurn } from './startTurn';

describe('replicas that start on one PostgreSQL', () => {
  let postgres: TestPostgres;
  let clients: DatabaseClient[] = [];
  const logger = { ...mockServices.logger.mock(), warn: jest.fn() };

  beforeAll(async () => {
    postgres = await startPostgres(await freePort());
  }, 240_000);
  afterEach(async () => {
    await Promise.all(clients.map(client => client.destroy()));
    clients = [];
    logger.warn.mockReset();
  });
  afterAll(() => postgres?.stop());

  /** A replica's client of the database of the plugin dojo. */
  async function connect(): Promise<DatabaseClient> {
    const config = new ConfigReader({
      backend: {
        database: {
          client: 'pg',
          connection: postgres.url,
          knexConfig: { pool: { min: 0, max: 3 } },
        },
      },
    });
    const client = await DatabaseManager.fromConfig(config)
      .forPlugin('dojo', {
        lifecycle: mockServices.lifecycle.mock(),
        logger: mockServices.logger.mock(),
      })
      .getClient();
    clients.push(client);
    return client;
  }
  const take = (client: DatabaseClient, longestWaitMs = 60_000) =>
    takeStartTurn(client, { logger, longestWaitMs });

  it('do so one after the other', async () => {
    const first = await take(await connect());
    expect(first.isHeld).toBe(true);
    const order: string[] = [];
    const waiting = take(await connect()).then(turn => {
      order.push('second');
      return turn;
    });
    // It waits in the database: whoever does not, has taken it long before this answers.
    const watcher = await connect();
    while (order.length === 0) {
      const { rows } = await watcher.raw(
        "select 1 from pg_locks where locktype = 'advisory' and not granted",
      );
      if (rows.length > 0) break;
    }
    expect(order).toEqual([]);
    await first.end();
    expect(first.isHeld).toBe(false);
    const second = await waiting;
    expect(second.isHeld).toBe(true);
    await second.end();
  });

  it('do not wait for one that was killed', async () => {
    const killed = await take(await connect());
    const watcher = await connect();
    // What the kernel does with the connections of a process that is killed.
    await watcher.raw(
      "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'",
    );
    const next = await take(watcher);
    expect(next.isHeld).toBe(true);
    await next.end();
    await killed.end();
  });

  it('start side by side where one takes too long, and say so', async () => {
    const slow = await take(await connect());
    const next = await take(await connect(), 100);
    expect(next.isHeld).toBe(false);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('another replica has been starting for'),
    );
    await next.end();
    expect(slow.isHeld).toBe(true);
    await slow.end();
  });

  it('free the locks that a killed one left, and no others', async () => {
    const client = await connect();
    await client.raw(
      'create table one__knex_migrations_lock (index serial, is_locked integer)',
    );
    await client.raw('insert into one__knex_migrations_lock values (1, 1)');
    await client.raw(
      'create table two__knex_migrations_lock (index serial, is_locked integer)',
    );
    await client.raw('insert into two__knex_migrations_lock values (1, 0)');
    await client.raw('create table door (is_locked integer)');
    await client.raw('insert into door values (1)');

    await forgetLeftLocks(client, logger);
    expect(await client('one__knex_migrations_lock').select()).toEqual([
      { index: 1, is_locked: 0 },
    ]);
    expect(await client('door').select()).toEqual([{ is_locked: 1 }]);
    expect(logger.warn.mock.calls).toEqual([
      [
        'freed one__knex_migrations_lock: a replica was killed while it migrated',
      ],
    ]);
  });
});
