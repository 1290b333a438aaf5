import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ROOT, sourceHash, workspaces } from '../source-hash.mjs';
import { templateFiles } from './template-files.mjs';

const folder = join(ROOT, '.cache/packed');
const hashFile = join(folder, 'sources.sha256');

/** Names of the packages that go to npm. */
export const publishedPackages = () =>
  [...workspaces().values()]
    .filter(({ manifest }) => !manifest.private)
    .map(({ manifest }) => manifest.name);

/**
 * Builds and packs all that goes to npm, as a release does; once per change of the sources. Nothing else may run from
 * this checkout meanwhile: the package.json of each package is another while it is packed.
 *
 * @returns name to archive.
 */
export function packPackages() {
  const names = publishedPackages();
  const more = ['package.json', ...templateFiles()];
  const hash = names.map(name => sourceHash(name, more)).join('\n');
  const archives = new Map(
    names.map(name => [name, join(folder, `${name}.tgz`)]),
  );
  if (existsSync(hashFile) && readFileSync(hashFile, 'utf8') === hash) {
    return archives;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  yarn('tsc');
  // All in one process: Backstage's builder takes 4 s to start.
  yarn('backstage-cli', 'repo', 'build');
  for (const [name, archive] of archives) {
    yarn('workspace', name, 'pack', '--out', archive);
  }
  writeFileSync(hashFile, hash);
  return archives;
}

function yarn(...args) {
  try {
    execFileSync('yarn', args, {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 900_000,
    });
  } catch (error) {
    throw new Error(`yarn ${args.join(' ')}: ${error.stdout}${error.stderr}`);
  }
}
