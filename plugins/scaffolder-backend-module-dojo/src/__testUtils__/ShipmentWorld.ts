import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { ShipmentPlan } from 'backstage-plugin-dojo-common';
import { reviewedShipmentOf } from 'backstage-plugin-dojo-common';
import { addCommits, git, makeRepository } from 'dojo-testing';
import { stringify } from 'yaml';
import type { TestPortal } from './startPortal';
import { until } from './until';

const root = join(__dirname, '../../../..');
const baseFolder = 'deploy/k8s/base';

const sql = {
  '0001_core.sql': 'CREATE TABLE account (id INTEGER PRIMARY KEY);\n',
  // Takes a second on any machine, and ends on every one.
  '0002_pairs.sql':
    'CREATE TABLE pairs AS SELECT count(*) AS n FROM range(20000) a, range(20000) b WHERE a.range <> b.range;\n',
};

/** A shipment that a portal was asked for. */
export interface StartedShipment {
  readonly name: string;
  /** Of its task. */
  readonly id: string;
  /** The hashes of its three plans. */
  readonly reviewed: ReturnType<typeof reviewedShipmentOf>;
}

/**
 * Components with 0.1.0 in dev, each with one commit and one migration more: what a portal ships (0.2.0), and what is
 * there afterwards. Everything is in a folder: forge, repository of overlays, databases.
 */
export class ShipmentWorld {
  readonly names: readonly string[];
  private readonly folder: string;
  private readonly forge: string;
  private readonly databases: string;
  private readonly infra: string;

  constructor(folder: string, count: number) {
    this.folder = folder;
    this.names = Array.from({ length: count }, (_, at) => `ledger-${at}`);
    this.forge = join(folder, 'forge');
    this.databases = join(folder, 'databases');
    this.infra = join(this.forge, 'infra.git');
    mkdirSync(this.databases);
    makeRepository(this.infra, {
      commits: [{ message: 'docs: begin', files: { 'README.md': '# x\n' } }],
    });
    this.names.forEach(name => this.makeComponent(name));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** What a portal is told of it. */
  config(): object {
    return {
      catalog: {
        locations: [
          { type: 'file', target: this.writeEntities() },
          {
            type: 'file',
            target: join(root, 'templates/ship/template.yaml'),
            rules: [{ allow: ['Template'] }],
          },
        ],
      },
      scaffolder: {
        taskRecovery: { enabled: true, staleTimeout: { seconds: 10 } },
      },
      dojo: {
        localForge: { root: this.forge },
        allow: { repositories: [{ pattern: 'file:*' }] },
        infra: { repository: 'file:infra.git' },
        environments: [
          {
            name: 'dev',
            database: { file: join(this.databases, '{component}.duckdb') },
          },
        ],
      },
    };
  }

  isReleased(name: string): boolean {
    return this.tagsOf(name).includes('v0.2.0');
  }

  /** A migration that landed leaves a backup of what was there. */
  isMigrated(name: string): boolean {
    return this.databaseFiles(name).some(file => file.includes('.bak.'));
  }

  isDeployed(name: string): boolean {
    return this.landingsOf(name).length > 1;
  }

  /** What would ship it now. */
  plan(from: TestPortal, name: string): Promise<ShipmentPlan> {
    return whenThere(`the catalog has ${name}`, () =>
      from.call<ShipmentPlan>('POST', '/api/dojo/plans/shipment', {
        component: `component:default/${name}`,
        environment: 'dev',
      }),
    );
  }

  async start(from: TestPortal, name: string): Promise<StartedShipment> {
    const plan = await this.plan(from, name);
    const { version, tag, release } = plan;
    const reviewed = reviewedShipmentOf(plan);
    const { id } = await whenThere('the catalog has the template', () =>
      from.call<{ id: string }>('POST', '/api/scaffolder/v2/tasks', {
        templateRef: 'template:default/ship',
        values: {
          component: `component:default/${name}`,
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
  }

  /** How its task ended, seen from this portal, and what is there now; {@link shippedOnce} is what should be. */
  async resultOf(from: TestPortal, { name, id }: StartedShipment) {
    const { status, text } = await endOf(from, id);
    const repository = this.repositoryOf(name);
    const show = (revision: string) =>
      git(repository, ['show', '-s', '--format=%B', revision]);
    const overlay = `${name}/dev`;
    const commit = git(repository, ['rev-parse', 'main']);
    return {
      status: status === 'completed' ? status : text,
      tags: this.tagsOf(name),
      // Of a release that was not made nothing is thrown: its task says why.
      isHeadTagged: git(repository, [
        ...['tag', '--list', '--points-at', commit],
      ])
        .split('\n')
        .includes('v0.2.0'),
      commits: git(repository, ['rev-list', '--count', 'main']),
      releasePlan: planOf(show('main')),
      databases: this.databaseFiles(name).sort(),
      landings: this.landingsOf(name),
      landingPlan: planOf(
        git(this.infra, ['log', '-1', '--format=%B', 'main', '--', overlay]),
      ),
      isPinned: git(this.infra, [
        'show',
        `main:${overlay}/kustomization.yaml`,
      ]).includes(`?ref=${commit} # v0.2.0`),
    };
  }

  private repositoryOf(name: string): string {
    return join(this.forge, `${name}.git`);
  }

  private tagsOf(name: string): string[] {
    return git(this.repositoryOf(name), ['tag', '--list']).split('\n');
  }

  private databaseFiles(name: string): string[] {
    return readdirSync(this.databases).filter(file =>
      file.startsWith(`${name}.`),
    );
  }

  /** Subjects of the commits that changed the overlay, newest first. */
  private landingsOf(name: string): string[] {
    return git(this.infra, [
      ...['log', '--format=%s', 'main', '--'],
      `${name}/dev`,
    ]).split('\n');
  }

  private makeComponent(name: string): void {
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
    const repository = this.repositoryOf(name);
    makeRepository(repository, { commits: [begin, more] });
    const first = join(this.folder, 'first');
    mkdirSync(first, { recursive: true });
    writeFileSync(join(first, '0001_core.sql'), sql['0001_core.sql']);
    const database = join(this.databases, `${name}.duckdb`);
    dojo(['migrate', '--database', database, '--migrations', first]);
    const pin = git(repository, ['rev-parse', 'v0.1.0^0']);
    addCommits(this.infra, [
      { message: `begin ${name}`, files: overlayOf(name, pin) },
    ]);
  }

  private writeEntities(): string {
    const file = join(this.folder, 'entities.yaml');
    const entities = this.names.map(name =>
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
}

/** What {@link ShipmentWorld.resultOf} tells of a shipment whose every effect is there once, as it was reviewed. */
export function shippedOnce({ name, reviewed }: StartedShipment) {
  return {
    status: 'completed',
    tags: ['v0.1.0', 'v0.2.0'],
    isHeadTagged: true,
    commits: '3',
    releasePlan: reviewed.release,
    databases: [
      `${name}.duckdb`,
      expect.stringMatching(/\.duckdb\.bak\.\w+-0001\w*$/),
    ],
    landings: [`deploy(${name}): dev v0.2.0`, `begin ${name}`],
    landingPlan: reviewed.deployment,
    isPinned: true,
  };
}

/** Whose plan a commit says that it is. */
function planOf(message: string): string | undefined {
  return /^Dojo-Plan: (\S+)$/m.exec(message)?.[1];
}

function overlayOf(name: string, pin: string): Record<string, string> {
  return {
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
  };
}

function dojo(args: readonly string[]): void {
  execFileSync(
    process.execPath,
    [join(root, 'scripts/dojo.cjs'), ...args, '--json'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
}

/** Asks again while the catalog does not have it yet. */
function whenThere<T>(what: string, ask: () => Promise<T>): Promise<T> {
  return until(what, () =>
    ask().catch(error => {
      if (/COMPONENT_NOT_FOUND|: 404:/.test(String(error))) return undefined;
      throw error;
    }),
  );
}

async function endOf(from: TestPortal, id: string) {
  const task = `/api/scaffolder/v2/tasks/${id}`;
  const status = await until('the task ended', async () => {
    const { status: now } = await from.call<{ status: string }>('GET', task);
    return ['open', 'processing'].includes(now) ? undefined : now;
  });
  const events = await from.call<object[]>('GET', `${task}/events`);
  return { status, text: JSON.stringify(events) };
}
