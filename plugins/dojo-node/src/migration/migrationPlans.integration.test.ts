import { DatabaseWorld } from '../__testUtils__/DatabaseWorld';
import { options, request } from '../__testUtils__/databaseRequest';

jest.setTimeout(120_000);

describe('dojoServiceRef', () => {
  let world: DatabaseWorld;
  beforeEach(() => {
    world = new DatabaseWorld();
  });
  afterEach(() => world.dispose());

  describe('migrations.plan', () => {
    it('shows the SQL of the newest version, and changes no byte', async () => {
      const { dojo, audit } = await world.start();
      await dojo.migrations.migrate(request({ version: '1.0.0' }), options);
      const before = world.snapshot();

      const result = await dojo.migrations.plan(request(), options);
      expect(result).toMatchObject({
        outcome: 'planned',
        version: '1.1.0',
        from: '0001_core',
        plan: {
          decides: { database: world.database },
          shows: {
            migrations: [
              { id: '0002_tags', sql: 'CREATE TABLE tag (id INTEGER);\n' },
              { id: 'caches/balance' },
            ],
          },
        },
      });
      expect(result.plan.shows).not.toHaveProperty('rehearsal');
      expect(world.snapshot()).toEqual(before);
      expect(audit.at(-1)).toMatchObject({
        event: {
          eventId: 'migration-plan',
          meta: { component: 'ledger', environment: 'dev' },
        },
        end: {
          kind: 'success',
          options: {
            meta: { outcome: 'planned', planHash: result.planHash },
          },
        },
      });
    });

    it('shows everything that is wrong with the SQL, and the run refuses', async () => {
      const { dojo } = await world.start();
      await dojo.migrations.migrate(request(), options);
      const before = world.snapshot();
      const wrong = request({ version: '2.0.0-rc.2' });
      const { plan } = await dojo.migrations.plan(wrong, options);
      expect(plan.shows.findings).toMatchObject([
        { severity: 'error', file: '0003_endless.sql', line: 2 },
        { severity: 'error', file: '0004_more.sql', line: 1 },
      ]);
      await expect(
        dojo.migrations.migrate(wrong, options),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('0003_endless.sql:2'),
      });
      expect(world.snapshot()).toEqual(before);
    });

    it('makes no database where there is none', async () => {
      const { dojo } = await world.start();
      await expect(
        dojo.migrations.plan(request(), options),
      ).resolves.toMatchObject({ outcome: 'planned' });
      expect(world.snapshot()).toEqual({});
    });
  });
});
