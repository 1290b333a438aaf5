import { DojoError } from 'backstage-plugin-dojo-common';
import {
  DeployWorld,
  commitOf,
  digestOf,
  image,
} from './__testUtils__/deploy-world';
import { parseFreezeWindow } from './freeze/freeze-window';

const path = 'ledger/dev/kustomization.yaml';

describe('deploy', () => {
  let world: DeployWorld;
  beforeEach(() => {
    world = new DeployWorld();
  });
  const text = () => world.infra.text(path) ?? '';

  describe('when there is no overlay yet', () => {
    it('makes one, by one commit', async () => {
      const result = await world.first();
      expect(result).toMatchObject({
        outcome: 'deployed',
        version: 'v1.0.0',
        overlayPath: 'ledger/dev',
        baseSha: commitOf('v1.0.0'),
        imageDigest: digestOf('1.0.0'),
        commit: world.infra.branches.get('main'),
        effects: [{ kind: 'done', key: 'overlay ledger/dev on main' }],
      });
      expect(text()).toContain(`?ref=${commitOf('v1.0.0')} # v1.0.0\n`);
      expect(world.infra.text('ledger/dev/pvc.yaml')).toContain('storage: 1Gi');
      expect(world.infra.text('ledger/dev/ingress.yaml')).toContain(
        'name: http',
      );
      expect(world.infra.messages()).toHaveLength(2);
      expect(world.infra.messages()[0]).toContain(
        'Dojo-Requester: user:default/ada',
      );
    });

    it('makes the first commit of an empty repository', async () => {
      world.infra.branches.clear();
      expect((await world.first()).outcome).toBe('deployed');
      expect(world.infra.messages()).toHaveLength(1);
    });
  });

  describe('when it is deployed already', () => {
    it('says so and writes nothing', async () => {
      await world.first();
      const again = await world.first();
      expect(again).toMatchObject({
        outcome: 'nothing-to-deploy',
        effects: [],
      });
      expect(again.plan.shows.reason).toContain('has v1.0.0 (7631');
      expect(world.infra.pushes).toBe(1);
    });
  });

  describe('when it is a dry run', () => {
    it('plans what the run then does, and writes nothing', async () => {
      await world.first();
      const wish = { version: 'v2.0.0', image };
      const dry = await world.run(wish, { dryRun: true });
      expect(dry.outcome).toBe('planned');
      expect(world.infra.pushes).toBe(1);
      world.infra.commit({ 'billing/NOTE': 'x' });
      const run = await world.run(wish, { planHash: dry.planHash });
      expect(run.planHash).toBe(dry.planHash);
      expect({ ...run.plan.shows, head: '' }).toEqual({
        ...dry.plan.shows,
        head: '',
      });
      expect(dry.plan.shows.objects).toMatchObject([
        { object: { kind: 'Deployment' }, change: 'changed' },
      ]);
    });

    it('refuses a reviewed plan whose overlay was changed since', async () => {
      await world.first();
      const wish = { version: 'v2.0.0', image };
      const { planHash } = await world.run(wish, { dryRun: true });
      world.infra.commit({ [path]: `${text()}# by hand\n` });
      await expect(world.run(wish, { planHash })).rejects.toMatchObject({
        code: 'PLAN_CHANGED',
        kind: 'conflict',
      });
      await world.run(wish);
      expect(text()).toContain('# by hand\n');
    });
  });

  describe('when the reviewed plan was carried out by a run that was killed', () => {
    it('finishes that change, also where somebody changed the overlay since', async () => {
      await world.first();
      const wish = { version: 'v2.0.0', image };
      const { planHash } = await world.run(wish, { dryRun: true });
      const first = await world.run(wish, { planHash });
      world.infra.commit({ [path]: `${text()}# by hand\n` });
      expect(await world.run(wish, { planHash })).toMatchObject({
        outcome: 'already-deployed',
        commit: first.commit,
        planHash,
      });
      expect(world.infra.pushes).toBe(2);
    });
  });

  describe('when the overlay came back to what it was, and a version is reviewed that landed before', () => {
    it('refuses what was reviewed where the overlay was changed since, and lands it where it was not', async () => {
      await world.first();
      const wish = { version: 'v2.0.0', image };
      const before = text();
      await world.run(wish);
      world.infra.commit({ [path]: before }, 'back by hand');
      const { planHash } = await world.run(wish, { dryRun: true });
      world.infra.commit({ [path]: `${before}# by hand\n` });
      await expect(world.run(wish, { planHash })).rejects.toMatchObject({
        code: 'PLAN_CHANGED',
      });
      const reviewed = await world.run(wish, { dryRun: true });
      expect(
        (await world.run(wish, { planHash: reviewed.planHash })).outcome,
      ).toBe('deployed');
    });
  });

  describe('when the branch moves between read and push', () => {
    const moving = (times: number, files: Record<string, string>) => {
      let left = times;
      world.infra.beforePush = () => {
        if (left-- > 0) world.infra.commit(files);
      };
    };

    it('plans again where it moved elsewhere', async () => {
      await world.first();
      moving(3, { 'billing/NOTE': 'x' });
      const outcomes: unknown[] = [];
      const result = await world.run(
        { version: 'v2.0.0', image },
        { onOutcome: outcome => outcomes.push(outcome) },
      );
      expect(result.outcome).toBe('deployed');
      expect(outcomes).toEqual(result.effects);
      expect(world.infra.text('billing/NOTE')).toBe('x');
    });

    it('gives up on one that keeps moving, as a conflict', async () => {
      await world.first();
      moving(Infinity, { 'billing/NOTE': 'x' });
      const { outcome, effects } = await world.run({
        version: 'v2.0.0',
        image,
      });
      expect(outcome).toBe('failed');
      expect(effects).toMatchObject([{ error: { kind: 'conflict' } }]);
    });

    it('is a conflict where the overlay was changed', async () => {
      await world.first();
      moving(1, { [path]: `${text()}# by hand\n` });
      const { outcome, effects } = await world.run({
        version: 'v2.0.0',
        image,
      });
      expect(outcome).toBe('failed');
      expect(effects).toMatchObject([
        { kind: 'failed', error: { kind: 'conflict' } },
      ]);
      expect(text()).toContain(commitOf('v1.0.0'));
    });
  });

  describe('when the reply of the push is lost', () => {
    it('believes the repository', async () => {
      world.infra.afterPush = () => {
        throw new Error('connection reset');
      };
      expect(await world.first()).toMatchObject({
        outcome: 'deployed',
        commit: world.infra.branches.get('main'),
      });
      expect((await world.first()).outcome).toBe('nothing-to-deploy');
    });
  });

  describe('when the server refuses the push', () => {
    it('is refused with the way on', async () => {
      world.infra.beforePush = () => {
        throw new DojoError({
          code: 'GIT_PUSH_REJECTED',
          kind: 'refused',
          message: 'infra rejected the push: protected branch',
        });
      };
      expect((await world.first()).effects).toMatchObject([
        {
          error: {
            code: 'DEPLOY_PUSH_REFUSED',
            kind: 'refused',
            hint: expect.stringContaining('pull-request'),
          },
        },
      ]);
    });
  });

  describe('when a tag was moved', () => {
    it('is refused everywhere; a promotion brings what runs', async () => {
      await world.first();
      world.tags.set('v1.0.0', commitOf('evil'));
      const moved = {
        code: 'DEPLOY_TAG_MOVED',
        message: expect.stringContaining(commitOf('v1.0.0')),
      };
      await expect(world.first()).rejects.toMatchObject(moved);
      const staging = { environment: 'staging', storage: { size: '1Gi' } };
      await expect(
        world.run({ ...staging, version: 'v1.0.0' }),
      ).rejects.toMatchObject(moved);
      await world.run({ ...staging, promoteFrom: 'dev' });
      expect(world.infra.text('ledger/staging/kustomization.yaml')).toContain(
        commitOf('v1.0.0'),
      );
    });

    it('is seen in what people wrote too', async () => {
      await world.first();
      const byHand = text();
      world.infra.branches.set('main', world.infra.commit({}, 'x', 'other'));
      world.infra.commit({ [path]: byHand });
      world.infra.commit({ [path]: undefined });
      world.tags.set('v1.0.0', commitOf('evil'));
      world.infra.commit({ [path]: byHand.replace(/v1\.0\.0/, 'v0.9.0') });
      await expect(
        world.run({ version: 'v1.0.0', image }),
      ).rejects.toMatchObject({ code: 'DEPLOY_TAG_MOVED' });
    });

    it('is seen of an image tag', async () => {
      await world.first();
      world.images.set('1.0.0', digestOf('rebuilt'));
      await expect(world.first()).rejects.toMatchObject({
        code: 'DEPLOY_IMAGE_MOVED',
        message: expect.stringContaining(digestOf('rebuilt')),
      });
    });
  });

  describe('when it rolls back', () => {
    beforeEach(async () => {
      await world.first();
      await world.run({ version: 'v2.0.0', image });
      world.infra.commit({
        [path]: `${text()}patches:\n  - path: limits.yaml\n`,
        'ledger/dev/limits.yaml':
          'apiVersion: v1\nkind: Service\nmetadata: {name: ledger}\n',
      });
    });

    it('restores the pins from history, and leaves what people wrote', async () => {
      world.tags.clear();
      const result = await world.run({ rollbackTo: 'previous', image });
      expect(result).toMatchObject({
        outcome: 'deployed',
        version: 'v1.0.0',
        baseSha: commitOf('v1.0.0'),
        imageDigest: digestOf('1.0.0'),
      });
      expect(text()).toContain('limits.yaml');
      expect(text()).toContain('# v1.0.0\n');
      expect(world.infra.messages()[0]).toContain('Dojo-Rollback: yes');
      const again = { rollbackTo: 'v1.0.0', image };
      expect((await world.run(again)).outcome).toBe('nothing-to-deploy');
      await expect(world.run({ rollbackTo: 'previous' })).rejects.toMatchObject(
        { code: 'DEPLOY_NO_PREVIOUS' },
      );
    });

    it('is never held back by a freeze', async () => {
      const policy = {
        freeze: [parseFreezeWindow('Sun 00:00 - Mon 00:00 UTC')],
      };
      const frozen = { code: 'DEPLOY_FROZEN', kind: 'refused' };
      await expect(
        world.run({ version: 'v3.0.0', image }, { policy }),
      ).rejects.toMatchObject(frozen);
      const dry = await world.run(
        { version: 'v3.0.0', image },
        { policy, dryRun: true },
      );
      expect(dry.plan.shows.frozen?.until).toBe('2026-11-30T00:00:00.000Z');
      const back = await world.run({ rollbackTo: 'v1.0.0', image }, { policy });
      expect(back.outcome).toBe('deployed');
    });

    it.each([
      [
        { rollbackTo: 'v9.9.9' },
        'ledger v9.9.9 never landed in dev; there were v2.0.0, v1.0.0',
      ],
      [
        { rollbackTo: 'previous', environment: 'qa' },
        'ledger has no overlay in qa, so there is nothing to roll back',
      ],
      [
        { promoteFrom: 'qa' },
        'ledger has no overlay in qa, so there is nothing to promote to dev',
      ],
      [
        { version: 'v9.9.9' },
        'https://git.example.test/acme/ledger.git has no tag v9.9.9',
      ],
      [
        { version: 'v3.0.0' },
        `${path}:9 pins ${image} by digest, and without an image repository the digest of v3.0.0 is not known`,
      ],
      [
        { version: 'v3.0.0', image: 'ghcr.io/acme/other' },
        'ghcr.io/acme/other',
      ],
      [
        { version: 'v3.0.0', mode: 'apply' as const },
        'mode apply needs the cluster of dev',
      ],
    ])('refuses %j with a sentence', async (wish, message) => {
      await expect(world.run(wish)).rejects.toThrow(message);
      expect(world.infra.pushes).toBe(2);
    });

    it('refuses an image that the registry lost', async () => {
      world.images.delete(digestOf('1.0.0'));
      await expect(
        world.run({ rollbackTo: 'previous', image }),
      ).rejects.toMatchObject({
        code: 'DEPLOY_IMAGE_GONE',
        message: `${image}@${digestOf(
          '1.0.0',
        )} is not in the registry any more`,
      });
      world.images.delete('3.0.0');
      await expect(
        world.run({ version: 'v3.0.0', image }),
      ).rejects.toMatchObject({ code: 'DEPLOY_IMAGE_MISSING' });
    });
  });

  describe('when a claim was renamed by hand in between', () => {
    it('refuses it, as if this run would rename it', async () => {
      await world.first();
      const claim = 'ledger/dev/pvc.yaml';
      const held = world.infra.text(claim)!;
      world.infra.commit({ [claim]: held.replace('dojo-data', 'dojo-data-2') });
      await expect(
        world.run({ version: 'v2.0.0', image }),
      ).rejects.toMatchObject({
        code: 'DEPLOY_LINT_REFUSED',
        hint: expect.stringContaining('CLAIM'),
      });
    });
  });

  describe('when the mode is pull-request', () => {
    const ask = (version: string) =>
      world.run({ version, image, mode: 'pull-request' });
    const branch = 'dojo/ledger/dev';

    it('makes one branch, leaves it as it is, and brings it up to date', async () => {
      await world.first();
      expect(await ask('v1.0.0')).toMatchObject({
        outcome: 'nothing-to-deploy',
      });
      expect(world.infra.branches.has(branch)).toBe(false);
      const asked = await ask('v2.0.0');
      expect(asked).toMatchObject({
        outcome: 'requested',
        requestBranch: branch,
        commit: world.infra.branches.get(branch),
        effects: [{ kind: 'done' }, { kind: 'waiting' }],
      });
      const again = await ask('v2.0.0');
      expect(again.effects).toMatchObject([
        { kind: 'already-done' },
        { kind: 'waiting' },
      ]);
      expect(again.commit).toBe(asked.commit);
      world.infra.commit({ 'billing/NOTE': 'x' });
      await ask('v3.0.0');
      expect(world.infra.text(path, branch)).toContain(commitOf('v3.0.0'));
      expect(world.infra.text('billing/NOTE', branch)).toBe('x');
      expect(text()).toContain(commitOf('v1.0.0'));
    });

    it('is settled by the merge', async () => {
      await world.first();
      const { commit } = await ask('v2.0.0');
      world.infra.branches.set('main', commit!);
      expect((await ask('v2.0.0')).outcome).toBe('nothing-to-deploy');
    });

    it('leaves what a person pushed to the branch', async () => {
      await world.first();
      await ask('v2.0.0');
      const theirs = world.infra.commit({ [path]: 'x: y' }, 'fix', branch);
      expect((await ask('v3.0.0')).effects).toMatchObject([
        { kind: 'failed', error: { kind: 'conflict' } },
        { kind: 'not-attempted' },
      ]);
      expect(world.infra.branches.get(branch)).toBe(theirs);
    });

    it.each([
      'https://u:p@git.example.test/infra.git',
      'git@git.example.test:infra.git',
    ])('is refused for %s, whose host is a forge', async infra => {
      await expect(
        world.run({ version: 'v1.0.0', mode: 'pull-request', infra }),
      ).rejects.toMatchObject({
        code: 'DEPLOY_REQUESTS_UNSUPPORTED',
        message: expect.not.stringContaining('u:p'),
      });
    });

    it('is the way where approval is needed', async () => {
      const policy = { freeze: [], approval: true };
      await expect(
        world.run({ version: 'v1.0.0' }, { policy }),
      ).rejects.toMatchObject({ code: 'DEPLOY_APPROVAL_NEEDED' });
    });
  });
});
