import { expect, test } from '@playwright/test';
import { Agent } from './pages/Agent';
import { DeliveryTab } from './pages/DeliveryTab';
import { dojoStatus } from './pages/dojoStatus';
import { copyLedger } from './pages/LedgerCopy';
import { PortalApi } from './pages/PortalApi';
import { signInAs } from './pages/signInAs';

const component = 'component:default/claims';
/** Longer than it takes until each source was read once. */
const read = { timeout: 45_000 };
const storage = { size: '1Gi' };

test('an agent plans, starts and follows what its person may do, and nothing else', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(480_000);
  const url = baseURL!;
  const repository = copyLedger('claims');
  const api = new PortalApi(url, 'owner');
  await api.forgeHas('claims');
  await api.catalogHas('template/default/release', 'template/default/deploy');
  const agent = await Agent.of(url, 'owner');
  /** Starts a release, and once more where it is told to: the same start beside it has no task yet. */
  const startRelease = async (input: Record<string, unknown>) => {
    let answer = await agent.call('start-release', input);
    while (answer.refused?.includes('The same start is on its way')) {
      answer = await agent.call('start-release', input);
    }
    return answer;
  };
  /** Asks until the run is over or waits for somebody. */
  const follow = async (id: string) => {
    let answer = await agent.call('get-operation', { id, waitMs: 5_000 });
    while (/queued|running/.test(String(answer.output.state))) {
      const { next } = answer.output;
      answer = await agent.call('get-operation', {
        id,
        after: next,
        waitMs: 5_000,
      });
    }
    return answer.output;
  };

  await test.step('it is offered nine tools, which say what they do', async () => {
    const tools = await agent.tools();
    expect([...tools.keys()].sort()).toEqual([
      'get-delivery',
      'get-operation',
      'list-environments',
      'plan-deployment',
      'plan-migration',
      'plan-release',
      'start-deployment',
      'start-migration',
      'start-release',
    ]);
    for (const [name, annotations] of tools) {
      const starts = name.startsWith('start-');
      expect(annotations).toMatchObject({
        readOnlyHint: !starts,
        destructiveHint: starts,
        idempotentHint: true,
      });
    }
  });

  const plan =
    await test.step('it reads the delivery and plans a release', async () => {
      const { output } = await agent.call('get-delivery', { component });
      expect(output.delivery).toMatchObject({ component });
      const planned = await agent.call('plan-release', { component });
      expect(planned.output).toMatchObject({ version: '0.4.0' });
      return planned.output;
    });

  await test.step('a start needs the plan of now', async () => {
    expect(
      (await agent.call('start-release', { component })).refused,
    ).toContain('planHash');
    const old = { component, planHash: 'a'.repeat(64) };
    const { refused, output } = await agent.call('start-release', old);
    if (refused === undefined) {
      // A busy machine does not plan within the time of a start: then the task is who refuses it.
      const { state, sentence } = await follow(String(output.id));
      expect(state).toBe('failed');
      expect(sentence).toContain('The plan changed since your review');
    } else {
      expect(refused).toContain(
        'The plan changed since your review (PLAN_CHANGED) — Plan again.',
      );
    }
  });

  await test.step('it starts it once, and the person sees who did', async () => {
    await signInAs(page, 'owner');
    const tab = new DeliveryTab(page);
    await tab.open('claims');
    await expect(tab.verb('Release 0.4.0…')).toBeVisible(read);
    const token = await api.token();
    const terminal = dojoStatus('claims', { url, token });
    expect(terminal).toMatch(/^ {2}main +Release 0\.4\.0…$/m);
    const hold = repository.holdPushes();
    const start = { component, planHash: plan.planHash };
    const [one, other] = await Promise.all([
      startRelease(start),
      startRelease(start),
    ]);
    expect(one.output.id).toMatch(/^task:/);
    expect(other.output.id).toBe(one.output.id);
    await expect(tab.running).toContainText(
      'Release 0.4.0 is running, started by owner through an agent',
      read,
    );
    hold.end();
    expect(await follow(String(one.output.id))).toMatchObject({
      state: 'succeeded',
      kind: 'release',
    });
    expect(repository.tags()).toContain('v0.4.0');
    expect((await agent.call('start-release', start)).output).toMatchObject({
      id: one.output.id,
      already: true,
    });
    await expect(
      tab.history
        .getByRole('listitem')
        .filter({ hasText: '0.4.0 released' })
        .first(),
    ).toContainText('owner through an agent', read);
  });

  await test.step('what waits for a merge ends with the merge', async () => {
    const version = 'v0.3.0';
    await api.migrate({ component, environment: 'dev', version: '0.3.0' });
    await api.deploy({ component, environment: 'dev', version, storage });
    const next = { component, promoteFrom: 'dev', storage };
    await api.deploy({ ...next, environment: 'staging' });
    const production = { component, environment: 'production' };
    const others = new PortalApi(url, 'developer');
    await others.merge({
      ...production,
      planHash: await api.prepare({ ...production, storage }),
    });
    const asked = { ...production, promoteFrom: 'staging' };
    const { output } = await agent.call('plan-deployment', asked);
    expect(output).toMatchObject({ landsBy: 'merge' });
    const { planHash } = output;
    const started = await agent.call('start-deployment', {
      ...asked,
      planHash,
    });
    // The change before this one is over, also where the index has not heard of it yet.
    expect(started.refused).toBeUndefined();
    const id = String(started.output.id);
    expect(await follow(id)).toMatchObject({
      state: 'waiting',
      sentence: expect.stringMatching(
        /^Waits for a merge by somebody other than owner$/i,
      ),
    });
    await others.merge({ ...production, planHash: String(planHash) });
    await expect
      .poll(async () => (await follow(id)).state, { timeout: 90_000 })
      .toBe('succeeded');
  });

  await test.step('of a name that is none it is told which there are', async () => {
    const { refused } = await agent.call('plan-deployment', {
      component,
      environment: 'prod',
      version: 'v0.3.0',
    });
    for (const name of ['dev', 'staging', 'production', 'NOT_FOUND']) {
      expect(refused).toContain(name);
    }
  });

  await test.step('for who may not, it may not', async () => {
    const viewers = await Agent.of(url, 'viewer');
    const { refused } = await viewers.call('start-release', {
      component,
      planHash: plan.planHash,
    });
    expect(refused).toContain('You may not release claims (DENIED)');
    await viewers.end();
  });
  await agent.end();
});
