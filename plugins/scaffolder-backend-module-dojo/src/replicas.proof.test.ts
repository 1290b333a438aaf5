import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, isFullSweep, startPostgres } from 'dojo-testing';
import type { TestPostgres } from 'dojo-testing';
import fc from 'fast-check';
import { costsOf } from './__testUtils__/processCosts';
import type { StartedShipment } from './__testUtils__/ShipmentWorld';
import { shippedOnce, ShipmentWorld } from './__testUtils__/ShipmentWorld';
import { startPortal, TestPortal } from './__testUtils__/startPortal';

/** For what is drawn: which replica is killed, and when. */
const seed = 20261130;
const kills = isFullSweep() ? 50 : 6;
/** That are shipped while the replicas are exchanged one by one. */
const exchanged = 2;
/** A shipment takes about this long on a quiet machine. */
const longestDelayMs = 4_000;
/** A start takes a little more. */
const longestStartMs = 8_000;

/** A backend of the portal: the same place again after each kill. */
class Replica {
  private readonly options: Parameters<typeof startPortal>[0];
  private started: Promise<TestPortal>;

  constructor(options: Parameters<typeof startPortal>[0]) {
    this.options = options;
    this.started = startPortal(options);
  }

  /** Once it answers. */
  get portal(): Promise<TestPortal> {
    return this.started;
  }

  /** @param inStartMs - when the next start is killed as well; default: not. */
  async kill(inStartMs?: number): Promise<void> {
    await (await this.started).kill();
    if (inStartMs !== undefined) {
      const options = { ...this.options, killAfterMs: inStartMs };
      const killed = await startPortal(options).catch(() => undefined);
      await killed?.kill();
    }
    this.begin();
  }

  /** @returns how it ended. */
  async exchange(): Promise<Awaited<ReturnType<TestPortal['stop']>>> {
    const end = await (await this.started).stop();
    this.begin();
    return end;
  }

  async end(): Promise<void> {
    await this.started.then(portal => portal.kill()).catch(() => undefined);
  }

  private begin(): void {
    this.started = startPortal(this.options);
    // It is awaited later, where its failure is told.
    this.started.catch(() => undefined);
  }
}

describe('two replicas on one PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-replicas-'));
  let postgres: TestPostgres | undefined;
  let world: ShipmentWorld;
  let replicas: readonly Replica[] = [];

  beforeAll(async () => {
    world = new ShipmentWorld(folder, kills + exchanged);
    postgres = await startPostgres(await freePort());
    const database = {
      client: 'pg',
      connection: postgres.url,
      // Two backends of a dozen plugins share the 100 connections of its defaults.
      knexConfig: { pool: { min: 0, max: 3 } },
    };
    replicas = ['one', 'two'].map(name => {
      const own = join(folder, name);
      mkdirSync(own);
      return new Replica({ folder: own, config: world.config(), database });
    });
    await Promise.all(replicas.map(({ portal }) => portal));
  }, 600_000);
  afterAll(async () => {
    await Promise.all(replicas.map(each => each.end()));
    await postgres?.stop();
    world?.remove();
  }, 60_000);

  it(`finish what the other began: ${kills} kills at random moments (seed ${seed}), then a rolling update, and everything is done once`, async () => {
    const moments = fc.sample(
      fc.record({
        asked: fc.integer({ min: 0, max: 1 }),
        killed: fc.integer({ min: 0, max: 1 }),
        delayMs: fc.integer({ min: 0, max: longestDelayMs }),
        inStartMs: fc.option(fc.integer({ min: 0, max: longestStartMs }), {
          freq: 1,
          nil: undefined,
        }),
      }),
      { seed, numRuns: kills },
    );
    const shipments: (StartedShipment & { asked: number })[] = [];
    const ship = async (asked: number) => {
      const name = world.names[shipments.length];
      const portal = await replicas[asked].portal;
      shipments.push({ ...(await world.start(portal, name)), asked });
    };

    for (const { asked, killed, delayMs, inStartMs } of moments) {
      await ship(asked);
      await delay(delayMs);
      await replicas[killed].kill(inStartMs);
    }
    await Promise.all(replicas.map(({ portal }) => portal));

    for (const [at, replica] of replicas.entries()) {
      await ship(at);
      await replica.exchange();
      await replica.portal;
    }

    const costs = await Promise.all(
      replicas.map(async ({ portal }) => costsOf((await portal).pid)),
    );
    process.stderr.write(`each replica: ${costs.join('; ')}\n`);
    for (const shipment of shipments) {
      const other = await replicas[1 - shipment.asked].portal;
      expect({
        name: shipment.name,
        ...(await world.resultOf(other, shipment)),
      }).toEqual({ name: shipment.name, ...shippedOnce(shipment) });
    }
  }, 2_400_000);
});
