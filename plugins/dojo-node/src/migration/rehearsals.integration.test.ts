import { endless, DatabaseWorld } from '../__testUtils__/DatabaseWorld';
import { options, request } from '../__testUtils__/databaseRequest';
import { until } from '../__testUtils__/until';

jest.setTimeout(120_000);

const { credentials } = options;

describe('dojoServiceRef', () => {
  let world: DatabaseWorld;
  beforeEach(() => {
    world = new DatabaseWorld();
  });
  afterEach(() => world.dispose());

  describe('migrations.startRehearsal', () => {
    const follow = async (
      dojo: Awaited<ReturnType<DatabaseWorld['start']>>['dojo'],
      id: string,
    ) => {
      await until('the rehearsal ended', async () => {
        const { state } = await dojo.operations.get(id, { credentials });
        return state !== 'running';
      });
      return dojo.operations.get(id, { credentials });
    };

    it('really runs it, on a copy', async () => {
      const { dojo, audit } = await world.start();
      await dojo.migrations.migrate(request({ version: '1.0.0' }), options);
      const before = world.snapshot();
      const { id, state } = await dojo.migrations.startRehearsal(
        request(),
        options,
      );
      expect(state).toBe('running');
      const ended = await follow(dojo, id);
      expect(ended).toMatchObject({
        state: 'done',
        lines: expect.arrayContaining([expect.stringMatching(/^0002_tags/)]),
        result: {
          outcome: 'planned',
          plan: {
            shows: {
              rehearsal: {
                statements: expect.arrayContaining([
                  expect.objectContaining({ id: '0002_tags', line: 1 }),
                ]),
              },
            },
          },
        },
      });
      const { planHash } = await dojo.migrations.plan(request(), options);
      expect(ended.result?.planHash).toBe(planHash);
      expect(world.snapshot()).toEqual(before);
      expect(audit).toContainEqual(
        expect.objectContaining({
          event: expect.objectContaining({ eventId: 'migration-rehearsal' }),
          end: expect.objectContaining({ kind: 'success' }),
        }),
      );
    });

    it('can be cancelled', async () => {
      const { dojo } = await world.start();
      await dojo.migrations.migrate(request(), options);
      const before = world.snapshot();
      const { id } = await dojo.migrations.startRehearsal(
        request(endless),
        options,
      );
      await until('it runs', () => world.isCopying());
      await dojo.operations.cancel(id, { credentials });
      const ended = await follow(dojo, id);
      expect(ended).toMatchObject({
        state: 'failed',
        error: { code: 'OPERATION_CANCELLED' },
      });
      expect(world.snapshot()).toEqual(before);
    });
  });

  describe('an operation of somebody else', () => {
    it('is shown and ended with the permissions for it only', async () => {
      const denied: string[] = [];
      const { dojo, audit } = await world.start({ denied });
      const { id } = await dojo.migrations.startRehearsal(
        request(endless),
        options,
      );
      const refused = { dojo: { code: 'PERMISSION_DENIED' } };

      denied.push('dojo.delivery.read');
      await expect(
        dojo.operations.get(id, { credentials }),
      ).rejects.toMatchObject(refused);
      denied.splice(0, 1, 'dojo.environment.change');
      await expect(
        dojo.operations.cancel(id, { credentials }),
      ).rejects.toMatchObject(refused);
      expect(audit.at(-1)).toMatchObject({
        event: { eventId: 'migration-rehearsal-cancel' },
        end: { kind: 'fail' },
      });
      await expect(
        dojo.operations.get(id, { credentials }),
      ).resolves.toMatchObject({ state: 'running' });

      denied.pop();
      await dojo.operations.cancel(id, { credentials });
      await until('it ended', async () => {
        const { state } = await dojo.operations.get(id, { credentials });
        return state === 'failed';
      });
    });

    it('is not there under another id', async () => {
      const { dojo } = await world.start();
      for (const method of ['get', 'cancel'] as const) {
        await expect(
          dojo.operations[method]('0'.repeat(32), { credentials }),
        ).rejects.toMatchObject({
          name: 'NotFoundError',
          dojo: { code: 'OPERATION_NOT_FOUND' },
        });
      }
    });
  });
});
