import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeploymentResult } from 'backstage-plugin-dojo-common';
import { addCommits, git, makeRepository, startDojo } from 'dojo-testing';
import type { DojoProcess } from 'dojo-testing';
import { baseObjects } from './fixtures';
import { grantNamespace, writesOf } from './suite-cluster';
import type { SuiteCluster } from './suite-cluster';

/** How a deployment ended, and what the audit log and the infra repository say of it. */
export interface DeployRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Requests of the user in the namespace, writes and others. */
  readonly calls: readonly string[];
  /** Those that changed something. */
  readonly writes: readonly string[];
  /** Commits that came to the infra repository. */
  readonly commits: number;
  /** Milliseconds. */
  readonly took: number;
  /** What `--json` printed; throws where it is none. */
  result(): DeploymentResult;
}

/** A component, its infra repository, and an environment of its own in a cluster. */
export interface ClusterWorld {
  readonly suite: SuiteCluster;
  readonly environment: string;
  readonly namespace: string;
  /** Path of the infra repository. */
  readonly infra: string;
  /** Path of the service's repository. */
  readonly service: string;
  /** Starts a deployment; flags that are not given are those of this environment. */
  start(flags: readonly string[], options?: RunOptions): DojoProcess;
  /** Deploys, and looks at what it did. */
  deploy(flags: readonly string[], options?: RunOptions): Promise<DeployRun>;
  /** Tags another version of the base. */
  release(version: string, base: string): void;
  /** A person changes files of the overlay. */
  edit(files: Readonly<Record<string, string>>): void;
  /** The text of a file of the overlay. */
  overlay(file: string): string;
  /** An object as it lives, as the administrator sees it. */
  read(path: string): Promise<Live>;
  dispose(): void;
}

/** Options of a run. */
export interface RunOptions {
  readonly kubeconfig?: string;
  readonly environment?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** An object of the API, as loosely as a test looks at it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into it, and fails where it is otherwise
export type Live = any;

const basePath = 'deploy/k8s/base';
let made = 0;

const filesOf = (base: string) => ({
  [`${basePath}/kustomization.yaml`]: 'resources: [all.yaml]\n',
  [`${basePath}/all.yaml`]: base,
});

/** Options of {@link makeClusterWorld}. */
export interface ClusterWorldOptions {
  /** Version -> objects of its base; default v0.1.0 with those of set.yaml. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Whether the namespace is made, with the portal's rights; default true. */
  readonly granted?: boolean;
}

/** Makes an environment with a namespace of its own. */
export async function makeClusterWorld(
  suite: SuiteCluster,
  {
    versions = { 'v0.1.0': baseObjects },
    granted = true,
  }: ClusterWorldOptions = {},
): Promise<ClusterWorld> {
  const environment = `e${++made}`;
  const namespace = `ledger-${environment}`;
  const root = mkdtempSync(join(tmpdir(), 'dojo-world-'));
  const infra = join(root, 'infra.git');
  const service = join(root, 'ledger.git');
  makeRepository(service, {
    commits: Object.entries(versions).map(([tag, base]) => ({
      message: `release ${tag}`,
      files: filesOf(base),
      tag,
    })),
  });
  makeRepository(infra, {
    commits: [
      {
        message: 'billing',
        files: { 'billing/app.yaml': 'kind: ConfigMap\n' },
      },
    ],
  });
  if (granted) await grantNamespace(suite, namespace);
  const start: ClusterWorld['start'] = (flags, options = {}) =>
    startDojo(
      [
        ...['deploy', '--component', 'ledger', '--mode', 'apply', '--json'],
        ...['--environment', options.environment ?? environment],
        ...['--infra', `file://${infra}`],
        ...['--base', `file://${service}//${basePath}`],
        ...['--kubeconfig', options.kubeconfig ?? suite.kubeconfig],
        ...flags,
      ],
      join(root, 'home'),
      options.env,
    );
  const commits = () => Number(git(infra, ['rev-list', '--count', 'main']));
  return {
    suite,
    environment,
    namespace,
    infra,
    service,
    start,
    async deploy(flags, options = {}) {
      const space = options.environment
        ? `ledger-${options.environment}`
        : namespace;
      const before = { at: commits(), events: await suite.audit(space) };
      // By time, not by place: a watch is told of when it has been answered, and comes before what was asked since.
      const last = before.events.reduce(
        (latest, { time }) => (time > latest ? time : latest),
        '',
      );
      const from = performance.now();
      const { code, stdout, stderr } = await start(flags, options).ended;
      const took = performance.now() - from;
      const events = (await suite.audit(space)).filter(
        ({ time }) => time > last,
      );
      return {
        code,
        stdout,
        stderr,
        calls: events.map(({ verb, uri }) => `${verb} ${uri}`),
        writes: writesOf(events),
        commits: commits() - before.at,
        took,
        result: () => JSON.parse(stdout) as DeploymentResult,
      };
    },
    release: (tag, base) =>
      addCommits(service, [
        { message: `release ${tag}`, files: filesOf(base), tag },
      ]),
    edit: files =>
      addCommits(infra, [
        {
          message: 'by hand',
          files: Object.fromEntries(
            Object.entries(files).map(([name, text]) => [
              `ledger/${environment}/${name}`,
              text,
            ]),
          ),
        },
      ]),
    overlay: file => git(infra, ['show', `main:ledger/${environment}/${file}`]),
    read: path => suite.cluster.request('GET', path.replace('{ns}', namespace)),
    dispose: () =>
      rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Paths of what set.yaml makes. */
export const paths = {
  deployment: '/apis/apps/v1/namespaces/{ns}/deployments/ledger',
  service: '/api/v1/namespaces/{ns}/services/ledger',
  claim: '/api/v1/namespaces/{ns}/persistentvolumeclaims/dojo-data',
} as const;
