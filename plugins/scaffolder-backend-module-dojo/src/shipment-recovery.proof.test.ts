import { execFileSync } from 'node:child_process';
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
import type { ShipmentPlan } from 'backstage-plugin-dojo-common';
import { reviewedShipmentOf } from 'backstage-plugin-dojo-common';
import { addCommits, git, isFullSweep, makeRepository } from 'dojo-testing';
import { stringify } from 'yaml';
import { startPortal, TestPortal } from './__testUtils__/startPortal';
import { until } from './__testUtils__/until';

const folder = mkdtempSync(join(tmpdir(), 'dojo-shipment-recovery-'));
const root = join(__dirname, '../../..');
const forge = join(folder, 'forge');
const databases = join(folder, 'databases');
const baseFolder = 'deploy/k8s/base';
const infra = join(forge, 'infra.git');
const template = join(root, 'templates/ship/template.yaml');

/** Each is somewhere else in its shipment at the moment when the backend is killed. */
const components = Array.from(
  { length: isFullSweep() ? 8 : 5 },
  (_, at) => `ledger-${at}`,
);
/** What the systems hold at the moment of each kill. */
const kills = [
  ['nothing yet', () => true],
  ['a release', () => components.some(isReleased)],
  ['a migration', () => components.some(isMigrated)],
  ['a landing', () => components.some(isDeployed)],
  ['half of the landings', () => landings().length * 2 >= components.length],
] as const;

const sql = {
  '0001_core.sql': 'CREATE TABLE account (id INTEGER PRIMARY KEY);\n',
  // Takes a second on any machine, and ends on every one.
  '0002_pairs.sql':
    'CREATE TABLE pairs AS SELECT count(*) AS n FROM range(20000) a, range(20000) b WHERE a.range <> b.range;\n',
};

const repositoryOf = (name: string) => join(forge, `${name}.git`);
const tagsOf = (name: string) =>
  git(repositoryOf(name), ['tag', '--list']).split('\n');
const databaseFiles = (name: string) =>
  readdirSync(databases).filter(file => file.startsWith(`${name}.`));
/** Subjects of the commits that changed the overlay, newest first. */
const landingsOf = (name: string) =>
  git(infra, ['log', '--format=%s', 'main', '--', `${name}/dev`]).split('\n');

function isReleased(name: string): boolean {
  return tagsOf(name).includes('v0.2.0');
}
/** A migration that landed leaves a backup of what was there. */
function isMigrated(name: string): boolean {
  return databaseFiles(name).some(file => file.includes('.bak.'));
}
function isDeployed(name: string): boolean {
  return landingsOf(name).length > 1;
}
function landings(): string[] {
  return components.filter(isDeployed);
}

function dojo(args: readonly string[]): string {
  return execFileSync(process.execPath, [
    join(root, 'scripts/dojo.cjs'),
    ...args,
    '--json',
  ]).toString();
}

/** The component with 0.1.0 in dev, and a commit and a migration more. */
function makeComponent(name: string): void {
  const base = Object.fromEntries(
    readdirSync(join(root, baseFolder)).map(file => [
      `${baseFolder}/${file}`,
      readFileSync(join(root, baseFolder, file), 'utf8').replace(
        /^( *image: ghcr\.io\/acme\/ledger)$/m,
        '$1:0.1.0',
      ),
    ]),
  );
  const begin = {
    message: 'feat: begin',
    files: {
      ...base,
      VERSION: '0.1.0\n',
      'migrations/0001_core.sql': sql['0001_core.sql'],
    },
    tag: 'v0.1.0',
  };
  const more = {
    message: 'feat!: pairs',
    files: { 'migrations/0002_pairs.sql': sql['0002_pairs.sql'] },
  };
  makeRepository(repositoryOf(name), { commits: [begin, more] });
  const first = join(folder, 'first');
  mkdirSync(first, { recursive: true });
  writeFileSync(join(first, '0001_core.sql'), sql['0001_core.sql']);
  dojo([
    'migrate',
    '--database',
    join(databases, `${name}.duckdb`),
    '--migrations',
    first,
  ]);
  const pin = git(repositoryOf(name), ['rev-parse', 'v0.1.0^0']);
  addCommits(infra, [
    {
      message: `begin ${name}`,
      files: {
        [`${name}/dev/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${name}-dev
resources:
  - file:${name}.git//${baseFolder}?ref=${pin} # v0.1.0
  - pvc.yaml
`,
        [`${name}/dev/pvc.yaml`]: `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: dojo-data
spec:
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 1Gi
`,
      },
    },
  ]);
}

function writeEntities(): string {
  const file = join(folder, 'entities.yaml');
  const entities = components.map(name =>
    stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        annotations: {
          'dojo/repository': `file:${name}.git`,
          'dojo/migrations': 'migrations',
        },
      },
      spec: { type: 'service', lifecycle: 'production', owner: 'accounting' },
    }),
  );
  writeFileSync(file, entities.join('---\n'));
  return file;
}

describe('a backend that is killed again and again while it ships', () => {
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
          localForge: { root: forge },
          allow: { repositories: [{ pattern: 'file:*' }] },
          infra: { repository: 'file:infra.git' },
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
  const startTask = async (from: TestPortal, name: string) => {
    const component = `component:default/${name}`;
    const plan = await whenThere(`the catalog has ${name}`, () =>
      from.call<ShipmentPlan>('POST', '/api/dojo/plans/shipment', {
        component,
        environment: 'dev',
      }),
    );
    const { version, tag, release } = plan;
    const reviewed = reviewedShipmentOf(plan);
    const { id } = await whenThere('the catalog has the template', () =>
      from.call<{ id: string }>('POST', '/api/scaffolder/v2/tasks', {
        templateRef: 'template:default/ship',
        values: {
          component,
          environment: 'dev',
          bump: 'auto',
          review: {
            what: 'Ship',
            version,
            tag,
            date: release.plan.decides.release?.date,
            ...reviewed,
          },
        },
      }),
    );
    return { name, id, reviewed };
  };
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
    const events = await from.call<object[]>(
      'GET',
      `/api/scaffolder/v2/tasks/${id}/events`,
    );
    return { status, text: JSON.stringify(events) };
  };

  beforeAll(() => {
    mkdirSync(databases);
    makeRepository(infra, {
      commits: [{ message: 'docs: begin', files: { 'README.md': '# x\n' } }],
    });
    components.forEach(makeComponent);
  }, 240_000);
  afterAll(async () => {
    await portal?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('ends as it would have: one tag, one migration, one commit, each as reviewed', async () => {
    let running = await start();
    const tasks: Awaited<ReturnType<typeof startTask>>[] = [];
    for (const name of components) tasks.push(await startTask(running, name));
    for (const [what, isThere] of kills) {
      await until(`there is ${what}`, async () => isThere() || undefined);
      await running.kill();
      running = await start();
    }

    for (const { name, id, reviewed } of tasks) {
      const { status, text } = await endOf(running, id);
      expect({ name, status, text }).toEqual({
        name,
        status: 'completed',
        text,
      });
      expect(tagsOf(name)).toEqual(['v0.1.0', 'v0.2.0']);
      const commit = git(repositoryOf(name), ['rev-parse', 'v0.2.0^0']);
      expect(git(repositoryOf(name), ['rev-parse', 'main'])).toBe(commit);
      expect(git(repositoryOf(name), ['rev-list', '--count', 'main'])).toBe(
        '3',
      );
      expect(
        git(repositoryOf(name), ['show', '-s', '--format=%B', commit]),
      ).toContain(`Dojo-Plan: ${reviewed.release}`);

      expect(databaseFiles(name).sort()).toEqual([
        `${name}.duckdb`,
        expect.stringMatching(/\.duckdb\.bak\.\w+-0001\w*$/),
      ]);

      expect(landingsOf(name)).toEqual([
        `deploy(${name}): dev v0.2.0`,
        `begin ${name}`,
      ]);
      expect(
        git(infra, ['log', '-1', '--format=%B', 'main', '--', `${name}/dev`]),
      ).toContain(`Dojo-Plan: ${reviewed.deployment}`);
      expect(
        git(infra, ['show', `main:${name}/dev/kustomization.yaml`]),
      ).toContain(`?ref=${commit} # v0.2.0`);
    }
    const again = await running.call<ShipmentPlan>(
      'POST',
      '/api/dojo/plans/shipment',
      { component: `component:default/${components[0]}`, environment: 'dev' },
    );
    expect(again).toMatchObject({
      release: { outcome: 'already-released' },
      migration: { result: { outcome: 'already-migrated' } },
      deployment: { result: { outcome: 'nothing-to-deploy' } },
    });
  }, 900_000);
});
