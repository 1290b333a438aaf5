import {
  deploymentRequestSchema,
  DojoError,
} from 'backstage-plugin-dojo-common';
import type { DeploymentRequestInput } from 'backstage-plugin-dojo-common';
import { DeployWorld, image, repository } from '../__testUtils__/deploy-world';
import { deploy } from '../deploy';
import { defaultPolicy } from '../deployment-policy';
import { parseNote } from '../notes/note-line';
import { start } from '../rollout/__testUtils__/ledger-objects';
import { TestTime } from '../rollout/__testUtils__/test-time';
import { ToldCluster } from '../rollout/__testUtils__/told-cluster';
import { kustomization } from './__testUtils__/synced-objects';

const source = {
  kind: 'flux',
  name: 'ledger-dev',
  namespace: 'gitops',
} as const;

describe('deploy, where Flux brings the overlay up', () => {
  let world: DeployWorld;
  let time: TestTime;
  let cluster: ToldCluster;
  let lines: string[];
  let runs: Promise<unknown>[];
  let controller: AbortController;

  beforeEach(() => {
    world = new DeployWorld();
    time = new TestTime(start);
    cluster = new ToldCluster();
    cluster.get = async () => undefined;
    lines = [];
    runs = [];
    controller = new AbortController();
  });
  afterEach(async () => {
    controller.abort();
    await Promise.allSettled(runs);
  });

  const run = (
    request: Partial<DeploymentRequestInput> = {},
    ports: object = {},
  ) => {
    const running = deploy(
      deploymentRequestSchema.parse({
        component: 'ledger',
        environment: 'dev',
        infra: 'file:infra.git',
        base: `${repository}//deploy/k8s/base`,
        version: 'v1.0.0',
        image,
        storage: { size: '1Gi' },
        ...request,
      }),
      {
        ...world.ports,
        clock: time,
        timer: time,
        openCluster: async () => cluster,
        ...ports,
      },
      {
        signal: controller.signal,
        policy: { ...defaultPolicy, sync: source },
        log: line => lines.push(line),
      },
    );
    runs.push(running);
    return running;
  };
  const head = () => world.infra.branches.get('main')!;
  const noted = () => parseNote(world.infra.notes.get(head()) ?? '');

  it('waits for it behind the commit, and notes that it came up', async () => {
    const running = run();
    await time.pass(10);
    expect(world.infra.pushes).toBe(1);
    cluster.change(kustomization({ applied: head() }));
    await time.pass(10);
    const { outcome, plan, effects } = await running;
    expect(outcome).toBe('deployed');
    expect(plan.shows.effects.at(-1)?.text).toBe(
      'Wait until Kustomization gitops/ledger-dev has brought it up, 600 seconds at most',
    );
    expect(effects.map(({ kind }) => kind)).toEqual(['done', 'done']);
    expect(noted()).toEqual([
      {
        kind: 'outcome',
        folder: 'ledger/dev',
        outcome: 'healthy',
        at: expect.any(String),
      },
    ]);
  });

  it('is waiting at the deadline, and the next run goes on', async () => {
    const running = run({ wait: 30 });
    await time.pass(30_100);
    const first = await running;
    expect(first.outcome).toBe('waiting');
    expect(first.effects.at(-1)).toMatchObject({
      kind: 'waiting',
      detail: 'waits: Kustomization gitops/ledger-dev has not been read yet',
    });
    expect(noted()).toEqual([]);

    const again = run();
    await time.pass(10);
    cluster.change(kustomization({ applied: head() }));
    await time.pass(10);
    const second = await again;
    expect(second.plan.shows.reason).toMatch(/has not brought it up yet/);
    expect(second.outcome).toBe('deployed');
    expect(world.infra.pushes).toBe(1);
    expect(noted()).toHaveLength(1);

    cluster.get = async () => kustomization({ applied: head() });
    expect((await run()).outcome).toBe('nothing-to-deploy');
    expect(noted()).toHaveLength(1);
  });

  it('fails where the controller says so; the commit stays', async () => {
    const running = run();
    await time.pass(10);
    cluster.change(kustomization({ applied: head(), stalled: 'BuildFailed' }));
    await time.pass(10);
    const { outcome, commit, effects } = await running;
    expect(outcome).toBe('failed');
    expect(commit).toBe(head());
    expect(effects.at(-1)).toMatchObject({
      kind: 'failed',
      error: { code: 'DEPLOY_SYNC_FAILED', kind: 'unavailable' },
    });
    expect(noted()).toMatchObject([
      { outcome: 'failed', code: 'DEPLOY_SYNC_FAILED' },
    ]);
  });

  it('says that somebody else changed the overlay meanwhile', async () => {
    const running = run();
    await time.pass(10);
    const ours = head();
    world.infra.commit({ 'ledger/dev/extra.yaml': 'kind: ConfigMap\n' });
    cluster.change(kustomization({ applied: head() }));
    await time.pass(10);
    const { effects } = await running;
    expect(effects.at(-1)).toMatchObject({
      kind: 'failed',
      error: { kind: 'conflict' },
    });
    expect(parseNote(world.infra.notes.get(ours) ?? '')).toMatchObject([
      { outcome: 'superseded' },
    ]);
  });

  it('lands all the same without a cluster, and where no note is taken', async () => {
    const away = new DojoError({
      code: 'KUBECONFIG_MISSING',
      kind: 'input',
      message: 'there is no kubeconfig',
    });
    const landed = await run(
      {},
      {
        openCluster: async () => {
          throw away;
        },
      },
    );
    expect(landed.outcome).toBe('deployed');
    expect(landed.effects).toHaveLength(1);
    expect(lines).toContain(
      'Kustomization gitops/ledger-dev is not waited for: there is no kubeconfig',
    );

    world.infra.beforeNote = () => {
      throw new DojoError({
        code: 'GIT_PUSH_REJECTED',
        kind: 'refused',
        message: 'a hook says no',
      });
    };
    const running = run({ version: 'v2.0.0' });
    await time.pass(10);
    cluster.change(kustomization({ applied: head() }));
    await time.pass(10);
    expect((await running).outcome).toBe('deployed');
    expect(lines.at(-1)).toMatch(/could not be noted.*a hook says no/);
  });

  it('waits in mode pull-request once it is merged', async () => {
    const asked = await run({ mode: 'pull-request' });
    expect(asked.outcome).toBe('requested');
    world.infra.branches.set(
      'main',
      world.infra.branches.get(asked.requestBranch!)!,
    );
    const running = run({ mode: 'pull-request' });
    await time.pass(10);
    cluster.change(kustomization({ applied: head() }));
    await time.pass(10);
    expect((await running).outcome).toBe('deployed');
    expect(noted()).toMatchObject([{ outcome: 'healthy' }]);
  });
});
