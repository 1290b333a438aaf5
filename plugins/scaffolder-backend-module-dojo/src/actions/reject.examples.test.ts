import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RejectionResult } from 'backstage-plugin-dojo-common';
import { parse } from 'yaml';
import { makeDeploymentForge } from '../__testUtils__/deploymentForge';
import {
  startScaffolder,
  TestScaffolder,
} from '../__testUtils__/startScaffolder';
import { examples } from './reject.examples';

jest.setTimeout(240_000);

const folder = mkdtempSync(join(tmpdir(), 'dojo-rejection-examples-'));
const forgeRoot = join(folder, 'forge');
const template = parse(
  readFileSync(
    join(__dirname, '../../../../templates/reject/template.yaml'),
    'utf8',
  ),
).spec;

const exampleOf = (words: string) => {
  const found = examples.find(each => each.description.includes(words));
  return parse(found?.example ?? '');
};

describe('examples of dojo:reject', () => {
  let scaffolder: TestScaffolder<RejectionResult & { summary: string }>;
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      [`--git-dir=${join(forgeRoot, 'ledger.git')}`, ...args],
      {
        encoding: 'utf8',
      },
    ).trim();
  const note = () => git('notes', '--ref=dojo', 'show', 'v0.2.0^{commit}');
  const hasNotes = () => git('for-each-ref', 'refs/notes/dojo') !== '';
  const values = {
    component: 'component:default/ledger',
    version: 'v0.2.0',
    reason: 'wrong time zone value',
  };

  beforeAll(async () => {
    makeDeploymentForge(forgeRoot).makeInfra();
    scaffolder = await startScaffolder({
      forgeRoot,
      annotations: { 'dojo/repository': 'file:ledger.git' },
      environments: [{ name: 'dev' }],
      config: { infra: { repository: 'file:infra.git' } },
    });
  });
  beforeEach(() => {
    if (hasNotes()) git('update-ref', '-d', 'refs/notes/dojo');
  });
  afterAll(async () => {
    await scaffolder.stop();
    rmSync(folder, { recursive: true });
  });

  it('keeps a version out, and does nothing the second time', async () => {
    const first = await scaffolder.runTask(exampleOf('Keep a version out'));
    expect(first).toMatchObject({
      status: 'completed',
      output: {
        outcome: 'rejected',
        commit: git('rev-parse', 'v0.2.0^{commit}'),
        rejection: {
          version: 'v0.2.0',
          by: 'user:default/mock',
          reason: 'wrong time zone value',
        },
        summary: expect.stringMatching(
          /^ledger v0\.2\.0 was rejected: wrong time zone value\./,
        ),
      },
    });
    const noted = note();
    expect(JSON.parse(noted)).toMatchObject({ kind: 'rejected' });

    const second = await scaffolder.runTask(exampleOf('Keep a version out'));
    expect(second).toMatchObject({
      status: 'completed',
      output: { outcome: 'already-rejected' },
    });
    expect(note()).toBe(noted);

    const refused = await scaffolder.runTask({
      steps: [
        {
          id: 'deploy',
          name: 'Deploy',
          action: 'dojo:deploy-overlay',
          input: {
            component: 'ledger',
            environment: 'dev',
            version: 'v0.2.0',
            storage: { size: '1Gi' },
          },
        },
      ],
    } as unknown as Parameters<typeof scaffolder.runTask>[0]);
    expect(refused.status).toBe('failed');
    expect(refused.log.join('\n')).toContain('DEPLOY_VERSION_REJECTED');
  });

  it('says whether it would be rejected, and writes nothing', async () => {
    const task = await scaffolder.runTask(exampleOf('Say whether'));
    expect(task).toMatchObject({
      status: 'completed',
      output: {
        outcome: 'planned',
        summary: 'ledger v0.2.0 would be rejected: wrong time zone value.',
      },
    });
    const { log } = await scaffolder.dryRun(exampleOf('Keep a version out'));
    expect(log).toContain(
      'ledger v0.2.0 would be rejected: wrong time zone value.',
    );
    expect(hasNotes()).toBe(false);
  });

  it('rejects what a form says, by the template', async () => {
    const task = await scaffolder.runTask(template, values);
    expect(task).toMatchObject({
      status: 'completed',
      output: { outcome: 'rejected' },
      texts: [
        {
          title: 'ledger v0.2.0',
          content: expect.stringContaining('was rejected'),
        },
      ],
      links: [{ title: 'Back to ledger' }],
    });
    const { output } = await scaffolder.runTask(
      exampleOf('what a form says'),
      values,
    );
    expect(output?.outcome).toBe('already-rejected');
  });

  it('fails with the sentence of the error where there is no such version', async () => {
    const task = await scaffolder.runTask(exampleOf('what a form says'), {
      ...values,
      version: 'v9.9.9',
    });
    expect(task.status).toBe('failed');
    expect(task.log.join('\n')).toMatch(
      /has no tag v9\.9\.9 \(DEPLOY_VERSION_UNKNOWN\)/,
    );
  });
});
