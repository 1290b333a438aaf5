import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

// eslint-disable-next-line no-restricted-syntax -- this package is never built: it only runs from the checkout
const script = resolve(__dirname, '../../../scripts/testbed.mjs');

/** A program and the arguments that come before all others. */
export interface TestbedProgram {
  readonly command: string;
  readonly args: readonly string[];
}

/** The CNCF distribution registry; the first call on a machine may build it, with Go. */
export async function registryProgram(): Promise<TestbedProgram> {
  const { registry } = await find('registry');
  return registry;
}

/** The programs of a control plane. */
export type ClusterPrograms = Readonly<
  Record<
    'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler',
    TestbedProgram
  >
>;

/** The machine's own, or of tools/testbed; the first call on a machine may build them, with Go, in minutes. */
export async function clusterPrograms(): Promise<ClusterPrograms> {
  return (await find('cluster')) as ClusterPrograms;
}

/** Folders of what other projects publish (scripts/go/published-modules.mjs); the first call on a machine fetches it. */
export async function publishedModules(): Promise<
  Readonly<Record<'kstatus' | 'gitopsEngine' | 'argo' | 'flux', string>>
> {
  return JSON.parse(await ask('modules'));
}

/** What a test of kustomize itself renders. */
export interface KustomizeInput {
  /** Of the test. */
  readonly name: string;
  /** The one that is rendered. */
  readonly folder: string;
  /** Text by absolute path. */
  readonly files: Readonly<Record<string, string>>;
  /** Whether it is what a command without flags renders. */
  readonly isPlain: boolean;
}

/** What the tests of kustomize render, by name; the first call on a machine runs them, with Go, in up to a minute. */
export async function kustomizeInputs(): Promise<readonly KustomizeInput[]> {
  const { file } = JSON.parse(await ask('kustomize-inputs'));
  return JSON.parse(await readFile(file, 'utf8'));
}

async function find(what: string): Promise<Record<string, TestbedProgram>> {
  const lines = JSON.parse(await ask(what)) as Record<
    string,
    [string, ...string[]]
  >;
  return Object.fromEntries(
    Object.entries(lines).map(([name, [command, ...args]]) => [
      name,
      { command, args },
    ]),
  );
}

async function ask(what: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    script,
    what,
  ]);
  return stdout;
}
