import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigrationResult } from 'backstage-plugin-dojo-common';
import { makeRepository } from 'dojo-testing';
import { parse } from 'yaml';
import {
  startScaffolder,
  TestScaffolder,
} from './__testUtils__/startScaffolder';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'dojo-templates-'));
const databases = join(folder, 'databases');
const templates = join(__dirname, '../../../templates');
const templateOf = (name: string) =>
  parse(readFileSync(join(templates, name, 'template.yaml'), 'utf8')).spec;

describe('the templates', () => {
  let scaffolder: TestScaffolder<MigrationResult>;
  const values = { component: 'component:default/ledger', environment: 'dev' };
  const run = (name: string, more: object = {}) =>
    scaffolder.runTask(templateOf(name), { ...values, ...more });

  beforeAll(async () => {
    mkdirSync(databases);
    makeRepository(join(folder, 'forge/ledger.git'), {
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
            'migrations/0002_tags.sql': 'CREATE TABLE tag (id INTEGER);\n',
          },
          tag: 'v1.1.0',
        },
        { message: 'fix: count credit cards', files: { readme: 'two' } },
      ],
    });
    scaffolder = await startScaffolder({
      forgeRoot: join(folder, 'forge'),
      annotations: { 'dojo/repository': 'file:ledger.git' },
      environments: [
        {
          name: 'dev',
          database: { file: join(databases, '{component}.duckdb') },
        },
      ],
    });
  });
  afterAll(async () => {
    await scaffolder.stop();
    rmSync(folder, { recursive: true });
  });

  it('each pass their own options alone, and say in sentences what they did', async () => {
    const first = await run('migrate', { version: '1.0.0' });
    expect(first).toMatchObject({
      status: 'completed',
      texts: [
        {
          title: 'ledger on dev',
          content: expect.stringMatching(
            /^The database of ledger on dev was created at `0001_core` with the migrations of 1\.0\.0\.\n\n/,
          ),
        },
      ],
      links: [{ title: 'Back to ledger' }],
    });
    const second = await run('migrate', { backup: 'latest' });
    expect(second.texts?.[0].content).toMatch(
      /^The database of ledger on dev was migrated from `0001_core` to `0002_tags` with the migrations of 1\.1\.0\./,
    );

    // What another operation would take acts in none of them.
    const others = { version: '1.0.0', order: 'ddl-first', keepBackups: 7 };
    const rebuilt = await run('rebuild-caches', {
      backup: 'latest',
      keepBackups: 7,
    });
    expect(rebuilt.output?.plan.decides).toMatchObject({
      operation: 'rebuild-caches',
      keepBackups: 3,
    });
    expect(rebuilt.texts?.[0].content).toMatch(
      /^The caches of ledger on dev were rebuilt with the files of 1\.1\.0\. Its schema stays at `0002_tags`\./,
    );

    const restored = await run('restore-backup', others);
    expect(restored.output?.plan.decides).toMatchObject({
      operation: 'restore',
      order: 'file',
      keepBackups: 3,
    });
    expect(restored.texts?.[0].content).toMatch(
      /^dev database restored to \d+\.\n\nThat is backup `\S+` of ledger\./,
    );
  });

  it('say what was released, and that a second run found it there', async () => {
    const released = await run('release', { bump: 'auto' });
    expect(released.texts).toEqual([
      expect.objectContaining({
        title: 'ledger 1.1.1',
        content: expect.stringMatching(
          /^ledger 1\.1\.1 was released: tag `v1\.1\.1` at `[0-9a-f]{7}`\./,
        ),
      }),
    ]);
    const planHash = released.output?.planHash;
    const again = await run('release', { bump: 'auto', review: { planHash } });
    expect(again.texts?.[0].content).toMatch(
      /^1\.1\.1 was released by an earlier run; nothing was done\. Its tag is `v1\.1\.1`\./,
    );
  });
});
