import { DeployWorld, commitOf, image } from './__testUtils__/deploy-world';
import { observePending } from './observe/observe-pending';

const { signal } = new AbortController();
const database = { migrations: 'migrations', level: '0013_tags' };
const wish = { version: 'v2.0.0', image };
const message =
  'the database of dev is at 0013_tags, and the version needs 2 migrations more: 0014_reconciliation, 0015_indexes';
const pending = { code: 'MIGRATIONS_PENDING', kind: 'refused', message };

describe('deploy, where the level of the database is known', () => {
  let world: DeployWorld;
  beforeEach(async () => {
    world = new DeployWorld();
    await world.first();
    world.serviceFiles.set('migrations/0013_tags.sql', '');
    world.serviceFiles.set('migrations/0014_reconciliation.sql', '');
    world.serviceFiles.set('migrations/0015_indexes.sql', '');
    world.serviceFiles.set('migrations/caches/0099_balance.sql', '');
    world.serviceFiles.set('migrations/README.md', '');
  });

  it('refuses a version that needs more, and says so in its plan', async () => {
    const { plan } = await world.run(wish, { database, dryRun: true });
    expect(plan.shows.blocks).toEqual([
      {
        code: 'MIGRATIONS_PENDING',
        message,
        hint: 'Migrate dev first, then deploy.',
      },
    ]);
    await expect(world.run(wish, { database })).rejects.toMatchObject(pending);
    expect(world.infra.pushes).toBe(1);
  });

  it('lets it in once they are applied, by the plan that was reviewed', async () => {
    const migrate = { ...wish, migrate: true };
    const dry = await world.run(migrate, { database, dryRun: true });
    expect(dry.plan.shows.blocks).toBeUndefined();
    expect(dry.plan.shows.warnings).toContain(message);
    const { planHash } = dry;
    await expect(
      world.run(migrate, { database, planHash }),
    ).rejects.toMatchObject(pending);
    const level = '0015_indexes';
    const { outcome } = await world.run(migrate, {
      database: { ...database, level },
      planHash,
    });
    expect(outcome).toBe('deployed');
  });

  it('refuses a rollback to what needs more, and no change that leaves the version as it is', async () => {
    await world.run(wish);
    await expect(
      world.run({ rollbackTo: 'previous', image }, { database }),
    ).rejects.toMatchObject(pending);
    expect((await world.run(wish, { database })).outcome).toBe(
      'nothing-to-deploy',
    );
    const grown = { ...wish, storage: { size: '2Gi' } };
    expect((await world.run(grown, { database })).outcome).toBe('deployed');
  });

  it('holds back no preparation', async () => {
    const staging = { environment: 'staging', prepare: true };
    const { outcome } = await world.run(staging, { database });
    expect(outcome).toBe('deployed');
  });

  it.each([
    [undefined, ['0013_tags', '0014_reconciliation', '0015_indexes']],
    ['0014_other_name', ['0015_indexes']],
    ['0015_indexes', []],
    ['0016_later', []],
  ])('needs beyond %s %j', async (level, ids) => {
    const base = await world.ports.openBase('x', signal);
    const of = { migrations: 'migrations/', ...(level && { level }) };
    expect(await observePending(base, commitOf('v1.0.0'), of, signal)).toEqual(
      ids,
    );
  });
});
