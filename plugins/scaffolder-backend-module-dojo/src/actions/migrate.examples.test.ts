import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigrationResult } from 'backstage-plugin-dojo-common';
import { makeRepository } from 'dojo-testing';
import { parse } from 'yaml';
import {
  startScaffolder,
  TestScaffolder,
} from '../__testUtils__/startScaffolder';
import { until } from '../__testUtils__/until';
import { examples } from './migrate.examples';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'dojo-migrations-examples-'));
const forgeRoot = join(folder, 'forge');
const databases = join(folder, 'databases');
const database = join(databases, 'ledger.duckdb');

const exampleOf = (words: string) => {
  const found = examples.find(each => each.description.includes(words));
  return parse(found?.example ?? '');
};

describe('examples of dojo:migrate', () => {
  let scaffolder: TestScaffolder<MigrationResult>;
  const run = (words: string, values?: object) =>
    scaffolder.runTask(exampleOf(words), values);
  const snapshot = () =>
    readdirSync(databases)
      .sort()
      .map(name => [name, readFileSync(join(databases, name), 'base64')]);

  beforeAll(async () => {
    makeRepository(join(forgeRoot, 'ledger.git'), {
      commits: [
        {
          message: 'feat: begin',
          files: {
            'migrations/0001_core.sql':
              'CREATE TABLE account (id INTEGER PRIMARY KEY);\n',
            'migrations/caches/balance.sql':
              'CREATE OR REPLACE TABLE balance AS SELECT id FROM account;\n',
          },
          tag: 'v1.0.0',
        },
        {
          message: 'feat: tags',
          files: {
            'migrations/0002_tags.sql':
              'CREATE TABLE tag (id INTEGER);\nINSERT INTO tag VALUES (1);\n',
          },
          tag: 'v1.1.0',
        },
        {
          message: 'feat: never ends',
          files: {
            'migrations/0003_endless.sql':
              'CREATE TABLE endless AS SELECT count(*) AS n FROM range(100000000) a, range(100000000) b WHERE a.range <> b.range;\n',
          },
          tag: 'v2.0.0-rc.1',
        },
      ],
    });
    scaffolder = await startScaffolder({
      forgeRoot,
      annotations: { 'dojo/repository': 'file:ledger.git' },
      environments: [
        {
          name: 'dev',
          database: { file: join(databases, '{component}.duckdb') },
        },
      ],
    });
  });
  beforeEach(() => {
    rmSync(databases, { recursive: true, force: true });
    mkdirSync(databases);
  });
  afterAll(async () => {
    await scaffolder.stop();
    rmSync(folder, { recursive: true });
  });

  it('migrates to the newest release, and finds nothing to do the second time', async () => {
    const first = await run('to the newest release');
    expect(first).toMatchObject({
      status: 'completed',
      output: {
        outcome: 'migrated',
        version: '1.1.0',
        to: '0002_tags',
        applied: ['0001_core', '0002_tags'],
        planHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    expect(first.log).toContainEqual(expect.stringMatching(/^0002_tags/));
    const before = snapshot();
    await expect(run('to the newest release')).resolves.toMatchObject({
      status: 'completed',
      output: { outcome: 'already-migrated', applied: [] },
    });
    expect(snapshot()).toEqual(before);
  });

  it('says what would be migrated, and writes nothing', async () => {
    await run('of a given release');
    const before = snapshot();
    const task = await run('Say what would');
    expect(task).toMatchObject({
      status: 'completed',
      output: { outcome: 'planned', from: '0001_core', applied: [] },
    });
    expect(task.log).toContainEqual(
      expect.stringContaining('planned: database '),
    );
    expect(snapshot()).toEqual(before);
  });

  it('migrates to the schema of a given release', async () => {
    const { output } = await run('of a given release');
    expect(output).toMatchObject({ version: '1.0.0', to: '0001_core' });
  });

  it('runs the statements that change the schema first', async () => {
    const { output } = await run('change the schema first');
    expect(output).toMatchObject({
      outcome: 'migrated',
      plan: { decides: { order: 'ddl-first', keepBackups: 10 } },
    });
  });

  it('derives the caches again', async () => {
    await run('to the newest release');
    const { output } = await run('cache tables again');
    expect(output).toMatchObject({ outcome: 'caches-rebuilt', applied: [] });
  });

  it('puts the newest backup back', async () => {
    await run('of a given release');
    await run('to the newest release');
    const { output } = await run('newest backup back');
    expect(output).toMatchObject({ outcome: 'restored', from: '0002_tags' });
    await expect(run('newest backup back')).resolves.toMatchObject({
      output: { outcome: 'already-restored', to: '0001_core' },
    });
    await expect(run('Say what would')).resolves.toMatchObject({
      output: { from: '0001_core' },
    });
  });

  describe('the reviewed plan', () => {
    const review = async () => ({
      component: 'component:default/ledger',
      environment: 'dev',
      review: { planHash: (await run('Say what would')).output?.planHash },
    });

    it('is what is migrated', async () => {
      const values = await review();
      const { output } = await run('exactly as it was reviewed', values);
      expect(output).toMatchObject({
        outcome: 'migrated',
        planHash: values.review.planHash,
      });
    });

    it('is refused when the database has changed since, and nothing is written', async () => {
      const values = await review();
      await run('of a given release');
      const before = snapshot();
      const task = await run('exactly as it was reviewed', values);
      expect(task.status).toBe('failed');
      expect(task.log.join('\n')).toMatch(/ConflictError/);
      expect(snapshot()).toEqual(before);
    });
  });

  describe('a task that is cancelled in the middle', () => {
    it('leaves the database as it was', async () => {
      await run('to the newest release');
      const before = snapshot();
      const steps = exampleOf('of a given release');
      steps.steps[0].input.version = '2.0.0-rc.1';
      const id = await scaffolder.startTask(steps);
      await until('it runs on the copy', async () =>
        readdirSync(databases).length > before.length ? true : undefined,
      );
      await scaffolder.cancelTask(id);
      const { status } = await scaffolder.endOfTask(id);
      expect(status).not.toBe('completed');
      await until('the copy is gone', async () =>
        readdirSync(databases).length === before.length ? true : undefined,
      );
      expect(snapshot()).toEqual(before);
    });
  });

  it("plans in the scaffolder's dry run", async () => {
    const { log } = await scaffolder.dryRun(exampleOf('to the newest release'));
    expect(log).toContainEqual(expect.stringContaining('planned: database '));
    expect(existsSync(database)).toBe(false);
  });
});
