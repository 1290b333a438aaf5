import type { DeploymentResult, DojoError } from 'backstage-plugin-dojo-common';
import { DeployWorld, commitOf, image } from './__testUtils__/deploy-world';
import { parseDeploymentMessage } from './deployment-message';
import { parseFreezeWindow } from './freeze/freeze-window';
import { mergeDeployment } from './merge-deployment';
import type { MergeDeploymentOptions } from './merge-deployment';
import { formatNoteLine } from './notes/note-line';

const { signal } = new AbortController();
const branch = 'dojo/ledger/dev';
const path = 'ledger/dev/kustomization.yaml';

describe('mergeDeployment', () => {
  let world: DeployWorld;
  let asked: DeploymentResult;
  const request = (version: string) =>
    world.run({ version, image, mode: 'pull-request' });
  beforeEach(async () => {
    world = new DeployWorld();
    await world.first();
    asked = await request('v2.0.0');
  });

  const merge = (
    by = 'user:default/bob',
    options: Partial<MergeDeploymentOptions> & { planHash?: string } = {},
  ) =>
    mergeDeployment(
      {
        component: 'ledger',
        environment: 'dev',
        infra: 'file:infra.git',
        planHash: options.planHash ?? asked.planHash,
      },
      { ...world.ports, requester: by },
      { signal, ...options },
    );
  const text = () => world.infra.text(path) ?? '';
  /** Why it was refused, and whether that left all as it was. */
  const refusalOf = async (run: Promise<unknown>) => {
    const { pushes } = world.infra;
    const error = await run.then(
      () => undefined,
      (thrown: DojoError) => thrown,
    );
    const isUntouched =
      world.infra.pushes === pushes && text().includes('v1.0.0');
    return { code: error?.code, isUntouched };
  };
  const refusal = (code: string) => ({ code, isUntouched: true });

  it('looks at whichever change waits where the request names no plan', async () => {
    const place = {
      component: 'ledger',
      environment: 'dev',
      infra: 'file:infra.git',
    };
    const look = () =>
      mergeDeployment(
        place,
        { ...world.ports, requester: 'user:default/ada' },
        { signal, dryRun: true },
      );
    const { pushes } = world.infra;
    const looked = await look();
    expect(looked).toMatchObject({
      outcome: 'planned',
      planHash: asked.planHash,
      requestedBy: 'user:default/ada',
      blocks: [{ code: 'DEPLOY_REQUESTER_MERGES' }],
    });
    expect(Number.isNaN(Date.parse(looked.requestedAt ?? ''))).toBe(false);
    expect(world.infra.pushes).toBe(pushes);

    await merge();
    await expect(look()).rejects.toMatchObject({
      code: 'DEPLOY_REQUEST_UNKNOWN',
    });
  });

  it('lands an overlay that is only prepared, in spite of a freeze, and not by who asked', async () => {
    world = new DeployWorld();
    asked = await world.run({
      prepare: true,
      host: 'ledger.test',
      storage: { size: '1Gi' },
      mode: 'pull-request',
    });
    const policy = {
      promotesFrom: 'staging',
      promotedOnly: true,
      freeze: [parseFreezeWindow('Sun 00:00 - Mon 00:00 UTC')],
    };
    await expect(merge('user:default/ada', { policy })).rejects.toMatchObject({
      code: 'DEPLOY_REQUESTER_MERGES',
    });
    const result = await merge('user:default/bob', { policy });
    expect(result).toMatchObject({
      outcome: 'merged',
      requestedBy: 'user:default/ada',
      commit: world.infra.branches.get('main'),
    });
    expect(result).not.toHaveProperty('version');
    expect(text()).toContain('# dojo/host: ledger.test\n');
    expect((await merge('user:default/bob')).outcome).toBe('already-merged');
  });

  it('lands what waits by one commit that says who asked and who merged, and removes its branch', async () => {
    expect(asked.outcome).toBe('requested');
    const { pushes } = world.infra;
    const result = await merge();
    expect(result).toMatchObject({
      outcome: 'merged',
      version: 'v2.0.0',
      overlayPath: 'ledger/dev',
      requestedBy: 'user:default/ada',
      commit: world.infra.branches.get('main'),
      planHash: asked.planHash,
      effects: [
        { kind: 'done', key: `merge ${branch} into main` },
        { kind: 'done', key: `request ${branch}` },
      ],
    });
    expect(result.objects).toEqual(asked.plan.shows.objects);
    expect(world.infra.pushes).toBe(pushes + 1);
    expect(text()).toContain(`?ref=${commitOf('v2.0.0')} # v2.0.0\n`);
    expect([...world.infra.branches.keys()]).toEqual(['main']);
    const [message] = world.infra.messages();
    expect(parseDeploymentMessage(message)).toMatchObject({
      planHash: asked.planHash,
      tag: 'v2.0.0',
      requester: 'user:default/ada',
      mergedBy: 'user:default/bob',
    });
  });

  it('changes nothing the second time', async () => {
    const { commit } = await merge();
    const { pushes } = world.infra;
    expect(await merge()).toMatchObject({ outcome: 'already-merged', commit });
    // Nor in the hands of who asked: it is done.
    expect((await merge('user:default/ada')).outcome).toBe('already-merged');
    expect(world.infra.pushes).toBe(pushes);
  });

  it('removes the branch that a killed run left', async () => {
    const tip = world.infra.branches.get(branch)!;
    await merge();
    world.infra.branches.set(branch, tip);
    expect(await merge()).toMatchObject({
      outcome: 'already-merged',
      effects: [{ kind: 'done', key: `request ${branch}` }],
    });
    expect(world.infra.branches.has(branch)).toBe(false);
  });

  it('takes a lost reply for what it is', async () => {
    world.infra.afterPush = () => {
      throw new Error('cut');
    };
    const messages = world.infra.messages().length;
    expect((await merge()).outcome).toBe('merged');
    expect(world.infra.messages()).toHaveLength(messages + 1);
  });

  it('looks again where the branch moved elsewhere, and keeps what others landed', async () => {
    let left = 2;
    world.infra.beforePush = () => {
      if (left-- > 0) world.infra.commit({ 'billing/NOTE': `${left}` });
    };
    const outcomes: unknown[] = [];
    const result = await merge(undefined, {
      onOutcome: outcome => outcomes.push(outcome),
    });
    expect(result.outcome).toBe('merged');
    expect(outcomes).toEqual(result.effects);
    expect(world.infra.text('billing/NOTE')).toBe('0');
  });

  it('plans what it would do, with the rules that hold it back, and writes nothing', async () => {
    const { pushes } = world.infra;
    const dry = await merge('user:default/ada', { dryRun: true });
    expect(dry).toMatchObject({
      outcome: 'planned',
      blocks: [{ code: 'DEPLOY_REQUESTER_MERGES' }],
      effects: [],
    });
    expect(JSON.stringify(dry.diffs)).toContain('v2.0.0');
    expect(world.infra.pushes).toBe(pushes);
  });

  describe('when it may not land', () => {
    it('refuses who asked for it', async () => {
      expect(await refusalOf(merge('user:default/ada'))).toEqual(
        refusal('DEPLOY_REQUESTER_MERGES'),
      );
    });

    it('refuses in a freeze window, but a rollback', async () => {
      const policy = {
        freeze: [parseFreezeWindow('Sun 00:00 - Mon 00:00 UTC')],
      };
      expect(await refusalOf(merge(undefined, { policy }))).toEqual(
        refusal('DEPLOY_FROZEN'),
      );
      await merge();
      asked = await world.run({
        rollbackTo: 'previous',
        image,
        mode: 'pull-request',
      });
      expect((await merge(undefined, { policy })).outcome).toBe('merged');
    });

    it('refuses a version that was rejected since', async () => {
      const line = formatNoteLine({
        kind: 'rejected',
        version: 'v2.0.0',
        by: 'user:default/eve',
        at: '2026-11-29T12:00:00.000Z',
        reason: 'broken',
      });
      world.notes.set(commitOf('v2.0.0'), line);
      expect(await refusalOf(merge())).toEqual(
        refusal('DEPLOY_VERSION_REJECTED'),
      );
    });

    it('refuses what the environment before does not have any more', async () => {
      const policy = { freeze: [], approval: true, promotesFrom: 'qa' };
      expect(await refusalOf(merge(undefined, { policy }))).toEqual(
        refusal('PROMOTION_NEEDED'),
      );
      await world.run({
        environment: 'qa',
        version: 'v2.0.0',
        image,
        storage: { size: '1Gi' },
      });
      expect((await merge(undefined, { policy })).outcome).toBe('merged');
    });

    it('refuses another plan than the one that was reviewed', async () => {
      const { planHash } = asked;
      await request('v3.0.0');
      expect(await refusalOf(merge(undefined, { planHash }))).toEqual(
        refusal('PLAN_CHANGED'),
      );
    });

    it('refuses what was planned on another overlay', async () => {
      world.infra.commit({ [path]: `${text()}# by hand\n` });
      expect(await refusalOf(merge())).toEqual(
        refusal('DEPLOY_REQUEST_OUTDATED'),
      );
    });

    it('refuses a branch that holds more than the overlay', async () => {
      const [message] = world.infra.messages(branch);
      world.infra.branches.set(branch, world.infra.branches.get('main')!);
      world.infra.commit(
        { [path]: `${text()}# x\n`, 'billing/production/app.yaml': 'x' },
        message,
        branch,
      );
      expect(await refusalOf(merge())).toEqual(
        refusal('DEPLOY_REQUEST_OUTDATED'),
      );
    });

    it('refuses what a person changed, under the message of ours', async () => {
      const [message] = world.infra.messages(branch);
      world.infra.branches.set(branch, world.infra.branches.get('main')!);
      world.infra.commit({ [path]: `${text()}# x\n` }, message, branch);
      expect(await refusalOf(merge())).toEqual(
        refusal('DEPLOY_REQUEST_OUTDATED'),
      );
    });

    it('refuses a branch that builds on what the other does not hold', async () => {
      const [message] = world.infra.messages(branch);
      const wished = world.infra.text(path, branch);
      world.infra.branches.set(branch, world.infra.branches.get('main')!);
      world.infra.commit({ 'billing/NOTE': 'x' }, 'by hand', branch);
      world.infra.commit({ [path]: wished }, message, branch);
      expect(await refusalOf(merge())).toEqual(
        refusal('DEPLOY_REQUEST_OUTDATED'),
      );
    });

    it('refuses a branch of a person, and one that is not there', async () => {
      world.infra.commit({ [path]: `${text()}# x\n` }, 'by hand', branch);
      expect(await refusalOf(merge())).toEqual(
        refusal('DEPLOY_REQUEST_UNKNOWN'),
      );
      world.infra.branches.delete(branch);
      expect(await refusalOf(merge())).toEqual(
        refusal('DEPLOY_REQUEST_UNKNOWN'),
      );
    });

    it('refuses what the lint refuses by now', async () => {
      const [message] = world.infra.messages(branch);
      const wished = world.infra.text(path, branch)!;
      world.infra.branches.set(branch, world.infra.branches.get('main')!);
      const claim = world.infra.text('ledger/dev/pvc.yaml')!;
      world.infra.commit(
        {
          [path]: wished,
          'ledger/dev/pvc.yaml': claim.replace('dojo-data', 'other'),
        },
        message,
        branch,
      );
      expect(await refusalOf(merge())).toEqual(refusal('DEPLOY_LINT_REFUSED'));
    });
  });

  it('is done once by many at once', async () => {
    const results = await Promise.all(
      ['bob', 'eve', 'mia'].map(name => merge(`user:default/${name}`)),
    );
    for (const { outcome } of results) {
      expect(['merged', 'already-merged']).toContain(outcome);
    }
    const landed = world.infra
      .messages()
      .filter(message => message.includes('Dojo-Merged-By'));
    expect(landed).toHaveLength(1);
  });
});
