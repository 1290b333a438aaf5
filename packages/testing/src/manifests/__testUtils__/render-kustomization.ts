import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** The repository's `deploy/`. */
export const deployFolder = join(__dirname, '../../../../../deploy');

/** An object as kustomize prints it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

/**
 * The objects that a folder below `deploy/` renders to, by `kustomize` or `kubectl`, whichever is there.
 *
 * @throws Error with what kustomize says of a folder that does not render; where neither program is there, one that says
 * which to install.
 */
export function renderKustomization(folder: string): Manifest[] {
  const [command, verb] = findKustomize();
  const run = spawnSync(command, [verb, join(deployFolder, folder)], {
    encoding: 'utf8',
  });
  if (run.status !== 0) {
    throw new Error(`${folder} does not render: ${run.stderr || run.error}`);
  }
  return parseAllDocuments(run.stdout, { version: '1.1' }).map(
    document => document.toJS() as Manifest,
  );
}

/** Paths below `deploy/` of the folders that somebody may apply: those that no other is made of. */
export function applicableFolders(): string[] {
  return readdirSync(deployFolder, { recursive: true, encoding: 'utf8' })
    .filter(path =>
      /(?:overlays|grants)\/[^/]+\/kustomization\.yaml$/.test(path),
    )
    .map(path => path.slice(0, path.lastIndexOf('/')))
    .filter(path => !path.endsWith('grants/base'))
    .sort();
}

function findKustomize(): readonly [command: string, verb: string] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const has = (name: string) =>
    folders.some(path => existsSync(join(path, name)));
  if (has('kustomize')) return ['kustomize', 'build'];
  if (has('kubectl')) return ['kubectl', 'kustomize'];
  throw new Error(
    'neither kustomize nor kubectl is on PATH: install kustomize >= 5.5 (go install sigs.k8s.io/kustomize/kustomize/v5@v5.8.1) or kubectl >= 1.32',
  );
}
