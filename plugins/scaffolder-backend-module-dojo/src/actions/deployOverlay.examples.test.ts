import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  DeploymentResult,
  ObjectDiff,
} from 'backstage-plugin-dojo-common';
import { parse } from 'yaml';
import { makeDeploymentForge } from '../__testUtils__/deploymentForge';
import {
  startScaffolder,
  TestScaffolder,
} from '../__testUtils__/startScaffolder';
import { examples } from './deployOverlay.examples';

jest.setTimeout(240_000);

const folder = mkdtempSync(join(tmpdir(), 'dojo-deployment-examples-'));
const forgeRoot = join(folder, 'forge');

const exampleOf = (words: string) => {
  const found = examples.find(each => each.description.includes(words));
  return parse(found?.example ?? '');
};
const kustomizationOf = (environment: string) =>
  `ledger/${environment}/kustomization.yaml`;

describe('examples of dojo:deploy-overlay', () => {
  const forge = makeDeploymentForge(forgeRoot);
  let scaffolder: TestScaffolder<
    DeploymentResult & { diff: unknown[]; objects: ObjectDiff[] }
  >;
  const run = (words: string, values?: object) =>
    scaffolder.runTask(exampleOf(words), values);

  beforeAll(async () => {
    scaffolder = await startScaffolder({
      forgeRoot,
      annotations: { 'dojo/repository': 'file:ledger.git' },
      environments: [
        { name: 'dev' },
        { name: 'staging', promotesFrom: 'dev', promotedOnly: true },
        { name: 'production', promotesFrom: 'staging' },
      ],
      config: { infra: { repository: 'file:infra.git' } },
    });
  });
  beforeEach(() => {
    rmSync(forge.infra, { recursive: true, force: true });
    forge.makeInfra();
  });
  afterAll(async () => {
    await scaffolder.stop();
    rmSync(folder, { recursive: true });
  });

  it('deploys a version, and finds it there the second time', async () => {
    const first = await run('Deploy a version to dev');
    expect(first).toMatchObject({
      status: 'completed',
      output: {
        outcome: 'deployed',
        version: 'v0.1.0',
        overlayPath: 'ledger/dev',
        commit: forge.git('rev-parse', 'main'),
        summary: expect.stringContaining('ledger v0.1.0 is in the overlay of'),
      },
    });
    expect(forge.read(kustomizationOf('dev'))).toContain(
      `file:ledger.git//deploy/k8s/base?ref=${first.output?.baseSha} # v0.1.0`,
    );
    expect(forge.git('log', '-1', '--format=%B', 'main')).toMatch(
      /^Dojo-Requester: user:default\/mock$/m,
    );

    const second = await run('Deploy a version to dev');
    expect(second).toMatchObject({
      status: 'completed',
      output: { outcome: 'nothing-to-deploy' },
    });
    expect(forge.subjects()).toHaveLength(2);
  });

  it('says what would be deployed, and writes nothing', async () => {
    await run('Deploy a version to dev');
    const task = await run('Say what would');
    expect(task).toMatchObject({
      status: 'completed',
      output: { outcome: 'planned', version: 'v0.2.0' },
    });
    expect(task.output?.diff).not.toEqual([]);
    expect(task.output?.objects).toContainEqual(
      expect.objectContaining({
        object: expect.objectContaining({ kind: 'Deployment' }),
        change: 'changed',
      }),
    );
    expect(task.log).toContainEqual(
      expect.stringContaining('planned: overlay ledger/dev on main: '),
    );
    expect(forge.subjects()).toHaveLength(2);
  });

  it('deploys under a host, and lets the claim grow', async () => {
    await run('Deploy a version to dev');
    const { output } = await run('under a host');
    expect(output?.outcome).toBe('deployed');
    const objects = output?.objects ?? [];
    expect(
      objects.map(({ object, change }) => `${change} ${object.kind}`).sort(),
    ).toEqual([
      'changed Deployment',
      'changed PersistentVolumeClaim',
      'created Ingress',
    ]);
  });

  it('takes over in staging what dev has', async () => {
    await run('Deploy a version to dev');
    const { output } = await run('Take over in staging');
    expect(output).toMatchObject({
      outcome: 'deployed',
      version: 'v0.1.0',
      overlayPath: 'ledger/staging',
      plan: { decides: { intent: 'promotion' } },
    });
    expect(forge.read(kustomizationOf('staging'))).toContain('# v0.1.0');
  });

  it('prepares production, where nothing runs until the first deployment', async () => {
    const { output } = await run('Prepare production');
    expect(output).toMatchObject({
      outcome: 'deployed',
      overlayPath: 'ledger/production',
      summary: expect.stringContaining(
        'Prepared production for ledger: commit',
      ),
      objects: [{ object: { kind: 'PersistentVolumeClaim' } }],
    });
    expect(output).not.toHaveProperty('version');
    expect(forge.read(kustomizationOf('production'))).toContain(
      '# dojo/host: ledger.example.com',
    );
    expect((await run('Prepare production')).output?.outcome).toBe(
      'nothing-to-deploy',
    );
  });

  it('goes back to the version before', async () => {
    await run('Deploy a version to dev');
    await run('under a host');
    expect(forge.read(kustomizationOf('dev'))).toContain('# v0.2.0');
    const { output } = await run('Go back');
    expect(output).toMatchObject({ outcome: 'deployed', version: 'v0.1.0' });
    expect(forge.read(kustomizationOf('dev'))).toContain('# v0.1.0');
  });

  it('asks for the change on a branch, and is done with that', async () => {
    await run('Deploy a version to dev');
    const task = await run('Ask for the change');
    expect(task).toMatchObject({
      status: 'completed',
      output: { outcome: 'requested', requestBranch: 'dojo/ledger/dev' },
    });
    expect(forge.read(kustomizationOf('dev'))).toContain('# v0.1.0');
    expect(forge.read(kustomizationOf('dev'), 'dojo/ledger/dev')).toContain(
      '# v0.2.0',
    );
  });

  describe('the reviewed plan', () => {
    beforeEach(() => run('Deploy a version to dev'));

    const review = async () => ({
      component: 'component:default/ledger',
      environment: 'dev',
      version: 'v0.2.0',
      review: { planHash: (await run('Say what would')).output?.planHash },
    });

    it('is what is deployed', async () => {
      const values = await review();
      const { output } = await run('exactly as it was reviewed', values);
      expect(output).toMatchObject({
        outcome: 'deployed',
        planHash: values.review.planHash,
      });
      const again = await run('exactly as it was reviewed', values);
      expect(again.output).toMatchObject({ outcome: 'already-deployed' });
      expect(forge.subjects()).toHaveLength(3);
    });

    it('is refused when the overlay has changed since, and nothing is written', async () => {
      const values = await review();
      await run('under a host');
      const task = await run('exactly as it was reviewed', values);
      expect(task.status).toBe('failed');
      expect(task.log.join('\n')).toMatch(/ConflictError/);
      expect(forge.subjects()).toHaveLength(3);
    });
  });

  it("plans in the scaffolder's dry run", async () => {
    const { log } = await scaffolder.dryRun(
      exampleOf('Deploy a version to dev'),
    );
    expect(log).toContainEqual(
      expect.stringContaining('planned: overlay ledger/dev on main: '),
    );
    expect(forge.subjects()).toEqual(['docs: begin']);
  });

  it('refuses a version where an environment takes over that of another', async () => {
    const steps = exampleOf('Take over in staging');
    steps.steps[0].input = {
      component: 'ledger',
      environment: 'staging',
      version: 'v0.2.0',
    };
    const task = await scaffolder.runTask(steps);
    expect(task.status).toBe('failed');
    expect(task.log.join('\n')).toMatch(
      /staging takes over what dev has, and nothing else \(PROMOTION_NEEDED\)/,
    );
  });
});
