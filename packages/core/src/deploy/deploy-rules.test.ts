import { DeployWorld, commitOf, image } from './__testUtils__/deploy-world';
import { formatNoteLine } from './notes/note-line';

const rejectionOf = (version: string) =>
  formatNoteLine({
    kind: 'rejected',
    version,
    by: 'user:default/ada',
    at: '2026-11-29T12:00:00.000Z',
    reason: 'wrong time zone value',
  });

describe('deploy, under the rules that block', () => {
  let world: DeployWorld;
  beforeEach(() => {
    world = new DeployWorld();
  });
  const reject = (version: string) =>
    world.notes.set(commitOf(version), `by hand\n${rejectionOf(version)}\n`);
  const wish = (version: string) => ({
    version,
    image,
    storage: { size: '1Gi' },
  });

  describe('when a version was rejected', () => {
    it('refuses it with who, when and why, and plans it all the same', async () => {
      await world.first();
      reject('v2.0.0');
      const dry = await world.run(wish('v2.0.0'), { dryRun: true });
      expect(dry.outcome).toBe('planned');
      expect(dry.plan.shows.blocks).toMatchObject([
        { code: 'DEPLOY_VERSION_REJECTED' },
      ]);
      await expect(world.run(wish('v2.0.0'))).rejects.toMatchObject({
        code: 'DEPLOY_VERSION_REJECTED',
        kind: 'refused',
        message:
          'ledger v2.0.0 was rejected by user:default/ada at 2026-11-29T12:00:00.000Z: wrong time zone value',
      });
      expect(world.infra.pushes).toBe(1);
      world.notes.clear();
      expect((await world.run(wish('v2.0.0'))).planHash).toBe(dry.planHash);
    });

    it('refuses to promote it', async () => {
      await world.run(wish('v2.0.0'));
      reject('v2.0.0');
      await expect(
        world.run({
          environment: 'qa',
          promoteFrom: 'dev',
          image,
          storage: { size: '1Gi' },
        }),
      ).rejects.toMatchObject({ code: 'DEPLOY_VERSION_REJECTED' });
    });

    it('goes back from it, and over others that were rejected', async () => {
      await world.first();
      await world.run(wish('v2.0.0'));
      await world.run(wish('v3.0.0'));
      reject('v2.0.0');
      reject('v3.0.0');
      const back = await world.run({ rollbackTo: 'previous', image });
      expect(back).toMatchObject({ outcome: 'deployed', version: 'v1.0.0' });
    });

    it('goes back to it where it is named', async () => {
      await world.first();
      await world.run(wish('v2.0.0'));
      reject('v1.0.0');
      const back = await world.run({ rollbackTo: 'v1.0.0', image });
      expect(back.outcome).toBe('deployed');
    });

    it('lets its host and storage change where it runs', async () => {
      await world.run(wish('v2.0.0'));
      reject('v2.0.0');
      const changed = await world.run({
        ...wish('v2.0.0'),
        storage: { size: '2Gi' },
      });
      expect(changed.outcome).toBe('deployed');
    });
  });

  describe('when a landing never came up', () => {
    const note = (commit: string, outcome: 'failed' | 'healthy') =>
      world.infra.notes.set(
        commit,
        `${formatNoteLine({
          kind: 'outcome',
          folder: 'ledger/dev',
          outcome,
          at: '2026-11-29T12:00:00.000Z',
        })}\n`,
      );

    it('is not what is before the present one, and the note says nothing of others', async () => {
      const one = await world.first();
      const two = await world.run(wish('v2.0.0'));
      await world.run(wish('v3.0.0'));
      note(two.commit!, 'failed');
      const dry = () =>
        world.run({ rollbackTo: 'previous', image }, { dryRun: true });
      expect((await dry()).version).toBe('v1.0.0');
      note(two.commit!, 'healthy');
      note(one.commit!, 'failed');
      expect((await dry()).version).toBe('v2.0.0');
    });
  });

  describe('when environments have an order that binds nobody', () => {
    it('lets every version in', async () => {
      await world.first();
      const policy = { freeze: [], promotesFrom: 'dev' };
      const fix = await world.run(
        {
          environment: 'staging',
          ...wish('v2.0.0'),
          storage: { size: '1Gi' },
        },
        { policy },
      );
      expect(fix).toMatchObject({ outcome: 'deployed', version: 'v2.0.0' });
    });
  });

  describe('when nothing else gets in than what another environment has', () => {
    const policy = { freeze: [], promotesFrom: 'dev', promotedOnly: true };
    const staging = (request: object, dryRun = false) =>
      world.run(
        { environment: 'staging', image, ...request },
        { policy, dryRun },
      );

    it('refuses every other version, a first one too', async () => {
      await world.first();
      await expect(staging(wish('v2.0.0'))).rejects.toMatchObject({
        code: 'PROMOTION_NEEDED',
      });
      await staging({ promoteFrom: 'dev', storage: { size: '1Gi' } });
      await expect(staging(wish('v2.0.0'))).rejects.toMatchObject({
        code: 'PROMOTION_NEEDED',
        message: 'staging takes over what dev has, and nothing else',
      });
      await expect(
        staging({ promoteFrom: 'qa', environment: 'staging' }),
      ).rejects.toMatchObject({ code: 'DEPLOY_NOTHING_RUNS' });
    });

    it('lets its own version have another host and size, and goes back', async () => {
      await world.first();
      await staging({ promoteFrom: 'dev', storage: { size: '1Gi' } });
      await world.run(wish('v2.0.0'));
      const wider = await staging({
        ...wish('v1.0.0'),
        storage: { size: '2Gi' },
        host: 'staging.example.test',
      });
      expect(wider.outcome).toBe('deployed');
      await staging({ promoteFrom: 'dev' });
      const back = await staging({ rollbackTo: 'previous' });
      expect(back).toMatchObject({ outcome: 'deployed', version: 'v1.0.0' });
    });

    it('lets what is there in by its name, as a first overlay', async () => {
      await world.first();
      const first = await staging({
        ...wish('v1.0.0'),
        host: 'staging.example.test',
      });
      expect(first.outcome).toBe('deployed');
    });
  });
});
