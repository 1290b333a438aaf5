import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigrationResult } from 'backstage-plugin-dojo-common';
import { addCommits, makeRepository } from 'dojo-testing';
import { stringify } from 'yaml';
import { startPortal, TestPortal } from './__testUtils__/startPortal';
import { until } from './__testUtils__/until';

const folder = mkdtempSync(join(tmpdir(), 'dojo-migrate-recovery-'));
const databases = join(folder, 'databases');
const template = join(__dirname, '../../../templates/migrate/template.yaml');
const component = 'component:default/held-ledger';
const request = { component, environment: 'dev' };

/** Takes seconds on any machine, and ends on every one. */
const slowSql =
  'CREATE TABLE pairs AS SELECT count(*) AS n FROM range(70000) a, range(70000) b WHERE a.range <> b.range;\n';

interface TaskEvent {
  readonly type: string;
  readonly body: { readonly message?: string; readonly output?: object };
}

const snapshot = () =>
  readdirSync(databases)
    .sort()
    .map(name => [name, readFileSync(join(databases, name), 'base64')]);

function writeEntities(): string {
  const file = join(folder, 'entities.yaml');
  const entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'held-ledger',
      annotations: {
        'dojo/repository': 'file:ledger.git',
        'dojo/migrations': 'migrations',
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'accounting' },
  };
  writeFileSync(file, stringify(entity));
  return file;
}

describe('a backend that is killed in mid-migration', () => {
  let portal: TestPortal | undefined;
  const start = async () => {
    portal = await startPortal({
      folder,
      config: {
        catalog: {
          locations: [
            { type: 'file', target: writeEntities() },
            {
              type: 'file',
              target: template,
              rules: [{ allow: ['Template'] }],
            },
          ],
        },
        scaffolder: {
          taskRecovery: { enabled: true, staleTimeout: { seconds: 10 } },
        },
        dojo: {
          localForge: { root: join(folder, 'forge') },
          allow: { repositories: [{ pattern: 'file:*' }] },
          environments: [
            {
              name: 'dev',
              database: { file: join(databases, '{component}.duckdb') },
            },
          ],
        },
      },
    });
    return portal;
  };
  /** Asks again while the catalog does not have it yet. */
  const whenThere = <T>(what: string, ask: () => Promise<T>) =>
    until(what, () =>
      ask().catch(error => {
        if (/COMPONENT_NOT_FOUND|: 404:/.test(String(error))) return undefined;
        throw error;
      }),
    );
  const startTask = (from: TestPortal, planHash: string) =>
    whenThere('the catalog has the template', () =>
      from.call<{ id: string }>('POST', '/api/scaffolder/v2/tasks', {
        templateRef: 'template:default/migrate',
        values: { ...request, operation: 'migrate', review: { planHash } },
      }),
    );
  const plan = (from: TestPortal, choices: object = {}) =>
    whenThere('the catalog has the component', () =>
      from.call<MigrationResult>('POST', '/api/dojo/plans/migration', {
        ...request,
        ...choices,
      }),
    );
  const endOf = async (from: TestPortal, id: string) => {
    const status = await until('the task ended', async () => {
      const task = await from.call<{ status: string }>(
        'GET',
        `/api/scaffolder/v2/tasks/${id}`,
      );
      return ['open', 'processing'].includes(task.status)
        ? undefined
        : task.status;
    });
    const events = await from.call<TaskEvent[]>(
      'GET',
      `/api/scaffolder/v2/tasks/${id}/events`,
    );
    return { status, events, text: JSON.stringify(events) };
  };

  beforeAll(() => {
    mkdirSync(databases);
    makeRepository(join(folder, 'forge/ledger.git'), {
      commits: [
        {
          message: 'feat: begin',
          files: {
            'migrations/0001_core.sql': 'CREATE TABLE a (x INTEGER);\n',
          },
          tag: 'v1.0.0',
        },
      ],
    });
  });
  afterAll(async () => {
    await portal?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leaves the database as it was, and finishes the task after its restart', async () => {
    const first = await start();
    const { planHash: created } = await plan(first);
    const { id: creation } = await startTask(first, created);
    expect(await endOf(first, creation)).toMatchObject({ status: 'completed' });

    addCommits(join(folder, 'forge/ledger.git'), [
      {
        message: 'feat: pairs',
        files: { 'migrations/0002_pairs.sql': slowSql },
        tag: 'v1.1.0',
      },
    ]);
    const before = snapshot();
    const { planHash, outcome } = await plan(first);
    expect(outcome).toBe('planned');
    const { id } = await startTask(first, planHash);
    await until('it runs on the copy', async () =>
      readdirSync(databases).length > before.length ? true : undefined,
    );
    await first.kill();
    await until('the run ended with the backend', async () =>
      readdirSync(databases).length === before.length ? true : undefined,
    );
    expect(snapshot()).toEqual(before);

    const second = await start();
    const { status, events, text } = await endOf(second, id);
    expect({ status, text }).toEqual({ status: 'completed', text });
    const { output } = events.find(({ type }) => type === 'completion')!.body;
    expect(JSON.stringify(output)).toContain('was migrated from `0001_core`');
    await expect(plan(second)).resolves.toMatchObject({
      outcome: 'already-migrated',
      to: '0002_pairs',
    });
    expect(readdirSync(join(folder))).not.toContainEqual(
      expect.stringMatching(/^dojo-(?:migrations|git)-/),
    );
  }, 600_000);
});
