import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReleaseResult } from 'backstage-plugin-dojo-common';
import { git, makeRepository } from 'dojo-testing';
import { parse } from 'yaml';
import {
  startScaffolder,
  TestScaffolder,
} from '../__testUtils__/startScaffolder';
import { examples } from './release.examples';

const forgeRoot = mkdtempSync(join(tmpdir(), 'dojo-examples-'));
const repository = join(forgeRoot, 'ledger.git');
const refs = () =>
  git(repository, ['for-each-ref', '--format=%(refname) %(objectname)']);
const show = (revision: string) => git(repository, ['show', revision]);

const exampleOf = (words: string) => {
  const found = examples.find(each => each.description.includes(words));
  return parse(found?.example ?? '');
};

describe('examples of dojo:release', () => {
  let scaffolder: TestScaffolder<ReleaseResult>;

  beforeAll(async () => {
    scaffolder = await startScaffolder({
      forgeRoot,
      annotations: { 'dojo/repository': 'file:ledger.git' },
    });
  });
  afterAll(async () => {
    await scaffolder.stop();
    rmSync(forgeRoot, { recursive: true });
  });
  beforeEach(() => {
    rmSync(repository, { recursive: true, force: true });
    makeRepository(repository, {
      commits: [
        {
          message: 'chore: begin',
          files: {
            'package.json': '{\n  "name": "ledger",\n  "version": "1.4.2"\n}\n',
            VERSION: '1.4.2\n',
          },
          tag: 'v1.4.2',
        },
        { message: 'fix: round half to even' },
        { message: 'feat(api): list accounts' },
      ],
    });
  });

  it('releases what is on the branch', async () => {
    const task = await scaffolder.runTask(exampleOf('what is on the branch'));
    expect(task).toMatchObject({
      status: 'completed',
      output: {
        outcome: 'released',
        version: '1.5.0',
        previousVersion: '1.4.2',
        tag: 'v1.5.0',
        commit: git(repository, ['rev-parse', 'v1.5.0^0']),
        notes: expect.stringContaining('list accounts'),
        planHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        effects: [{ kind: 'done', key: 'refs main + v1.5.0' }],
      },
    });
    expect(task.log).toContain('done: refs main + v1.5.0');
    expect(git(repository, ['rev-parse', 'main'])).toBe(task.output?.commit);
    expect(show('main:package.json')).toContain('"version": "1.5.0"');
    expect(show('main:CHANGELOG.md')).toContain('list accounts');
  });

  it('releases nothing the second time, and still has the version for later steps', async () => {
    await scaffolder.runTask(exampleOf('what is on the branch'));
    const before = refs();
    const second = await scaffolder.runTask(exampleOf('what is on the branch'));
    expect(second).toMatchObject({
      status: 'completed',
      output: { version: '1.5.0', tag: 'v1.5.0' },
    });
    expect(second.output?.outcome).toMatch(
      /^(already-released|nothing-to-release)$/,
    );
    expect(refs()).toBe(before);
  });

  it('says what would be released, and writes nothing', async () => {
    const before = refs();
    const task = await scaffolder.runTask(exampleOf('Say what would'));
    expect(task).toMatchObject({
      status: 'completed',
      output: { outcome: 'planned', version: '1.5.0', effects: [] },
    });
    expect(task.log).toContainEqual(
      expect.stringContaining('planned: refs main + v1.5.0: '),
    );
    expect(refs()).toBe(before);
  });

  it('releases a version of your own choice', async () => {
    const { output } = await scaffolder.runTask(exampleOf('of your own'));
    expect(output).toMatchObject({ outcome: 'released', version: '2.0.0' });
  });

  it('releases a candidate of the next version', async () => {
    const { output } = await scaffolder.runTask(exampleOf('a candidate'));
    expect(output).toMatchObject({
      outcome: 'released',
      version: expect.stringMatching(/^1\.5\.0-beta\.\d+$/),
    });
  });

  it('releases on a given day, without a changelog, and with one version file', async () => {
    const { output } = await scaffolder.runTask(exampleOf('on a given day'));
    expect(output).toMatchObject({
      outcome: 'released',
      plan: { decides: { release: { date: '2026-11-22' } } },
    });
    expect(
      git(repository, ['diff', '--name-only', 'main~1', 'main']).split('\n'),
    ).toEqual(['package.json']);
  });

  describe('the reviewed plan', () => {
    const review = async () => {
      const { output } = await scaffolder.runTask(exampleOf('Say what would'));
      return {
        component: 'component:default/ledger',
        bump: 'auto',
        review: {
          planHash: output?.planHash,
          date: output?.plan.decides.release?.date,
        },
      };
    };

    it('is what is released', async () => {
      const values = await review();
      const { output } = await scaffolder.runTask(
        exampleOf('exactly the plan'),
        values,
      );
      expect(output).toMatchObject({
        outcome: 'released',
        planHash: values.review.planHash,
      });
    });

    it('is refused when the branch has moved since, and nothing is written', async () => {
      const values = await review();
      git(repository, ['update-ref', 'refs/heads/main', 'main~1']);
      const before = refs();
      const task = await scaffolder.runTask(
        exampleOf('exactly the plan'),
        values,
      );
      expect(task.status).toBe('failed');
      expect(task.log.join('\n')).toMatch(/ConflictError/);
      expect(refs()).toBe(before);
    });
  });
});

describe("the scaffolder's dry run", () => {
  it('plans, and writes nothing', async () => {
    makeRepository(join(forgeRoot, 'ledger.git'), {
      commits: [{ message: 'feat: begin', files: { VERSION: '0.1.0\n' } }],
    });
    const scaffolder = await startScaffolder({
      forgeRoot,
      annotations: { 'dojo/repository': 'file:ledger.git' },
    });
    const before = refs();
    const { log } = await scaffolder.dryRun(exampleOf('what is on the branch'));
    expect(log).toContainEqual(expect.stringContaining('planned: refs main'));
    expect(refs()).toBe(before);
    await scaffolder.stop();
    rmSync(forgeRoot, { recursive: true });
  });
});
