import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFullSweep } from 'dojo-testing';
import type { StartedShipment } from './__testUtils__/ShipmentWorld';
import { shippedOnce, ShipmentWorld } from './__testUtils__/ShipmentWorld';
import { startPortal, TestPortal } from './__testUtils__/startPortal';
import { until } from './__testUtils__/until';

/** Each component is somewhere else in its shipment at the moment when the backend is killed. */
const count = isFullSweep() ? 8 : 5;

/** What the systems hold at the moment of each kill. */
const kills: readonly (readonly [string, (world: ShipmentWorld) => boolean])[] =
  [
    ['nothing yet', () => true],
    ['a release', world => world.names.some(name => world.isReleased(name))],
    ['a migration', world => world.names.some(name => world.isMigrated(name))],
    ['a landing', world => world.names.some(name => world.isDeployed(name))],
    [
      'half of the landings',
      world =>
        world.names.filter(name => world.isDeployed(name)).length * 2 >= count,
    ],
  ];

describe('a backend that is killed again and again while it ships', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-shipment-recovery-'));
  let world: ShipmentWorld;
  let portal: TestPortal | undefined;
  const start = async () => {
    portal = await startPortal({ folder, config: world.config() });
    return portal;
  };

  beforeAll(() => {
    world = new ShipmentWorld(folder, count);
  }, 240_000);
  afterAll(async () => {
    await portal?.kill();
    world.remove();
  });

  it('ends as it would have: one tag, one migration, one commit, each as reviewed', async () => {
    let running = await start();
    const shipments: StartedShipment[] = [];
    for (const name of world.names) {
      shipments.push(await world.start(running, name));
    }
    const killWhen = async (
      what: string,
      isThere: (all: ShipmentWorld) => boolean,
    ) => {
      await until(`there is ${what}`, async () => isThere(world) || undefined);
      await running.kill();
      running = await start();
    };
    for (const [what, isThere] of kills) await killWhen(what, isThere);
    for (const shipment of shipments) {
      expect({
        name: shipment.name,
        ...(await world.resultOf(running, shipment)),
      }).toEqual({ name: shipment.name, ...shippedOnce(shipment) });
    }
    expect(await world.plan(running, world.names[0])).toMatchObject({
      release: { outcome: 'already-released' },
      migration: { result: { outcome: 'already-migrated' } },
      deployment: { result: { outcome: 'nothing-to-deploy' } },
    });
  }, 900_000);
});
