import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT = join(fileURLToPath(import.meta.url), '../..');

const skipped = /\.test\.tsx?$|^(dist|node_modules|coverage|e2e-tests)$/;

/**
 * Names what a bundle of the workspace package `name` is made of: its sources, those of the workspace packages that it
 * depends on, the lockfile and `more` files. Equal hash, equal bundle.
 */
export function sourceHash(name, more = []) {
  const hash = createHash('sha256').update(process.version);
  for (const file of [
    'yarn.lock',
    ...more,
    ...folders(name).flatMap(folder => filesBelow(folder)),
  ]) {
    hash.update(`\0${file}\0`).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}

function folders(name) {
  const known = workspaces();
  const found = new Map();
  const visit = packageName => {
    const workspace = known.get(packageName);
    if (!workspace || found.has(packageName)) return;
    found.set(packageName, workspace.folder);
    Object.keys(workspace.manifest.dependencies ?? {}).forEach(visit);
  };
  visit(name);
  return [...found.values()].sort();
}

/** Name to `{ folder, manifest }` of every package of the repository; folders are relative to it. */
export function workspaces() {
  return new Map(
    ['packages', 'plugins']
      .flatMap(group =>
        readdirSync(join(ROOT, group)).map(entry => join(group, entry)),
      )
      .map(folder => ({
        folder,
        manifest: JSON.parse(
          readFileSync(join(ROOT, folder, 'package.json'), 'utf8'),
        ),
      }))
      .map(workspace => [workspace.manifest.name, workspace]),
  );
}

function filesBelow(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(entry => !skipped.test(basename(entry.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      // Through links too: what they lead to is bundled.
      const isFolder = statSync(join(ROOT, path)).isDirectory();
      return isFolder ? filesBelow(path) : [relative('.', path)];
    });
}
