import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/**
 * What packages of a checkout need at runtime, found as Node itself would find it, in the `node_modules` that are there:
 * nothing is asked of the net, and nothing is resolved anew.
 *
 * @param root - of the checkout
 * @param folders - of the workspaces to begin with, relative to it
 * @returns `modules`: folders of installed packages, relative to the root; `workspaces`: name to folder of the packages
 * of the checkout itself, those given among them. Throws where a dependency is not installed.
 */
export function productionModules(root, folders) {
  const modules = new Set();
  const workspaces = new Map();
  const waiting = folders.map(folder => join(root, folder));
  for (const folder of waiting) {
    const place = relative(root, folder);
    const manifest = manifestOf(folder);
    if (place.split(sep).includes('node_modules')) {
      if (modules.has(place)) continue;
      modules.add(place);
    } else {
      if (workspaces.has(manifest.name)) continue;
      workspaces.set(manifest.name, place);
      // A bundle holds its own.
      if (manifest.bundled) continue;
    }
    for (const [name, isNeeded] of neededBy(manifest)) {
      const found = findPackage(root, folder, name);
      if (found) waiting.push(found);
      else if (isNeeded) {
        throw new Error(`${manifest.name} needs ${name}: run yarn install`);
      }
    }
  }
  return { modules: [...modules].sort(), workspaces };
}

const manifestOf = folder =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** Names, and whether the package cannot be without: what is for another platform is not installed. */
function neededBy({
  dependencies = {},
  optionalDependencies = {},
  peerDependencies = {},
}) {
  return new Map([
    ...Object.keys(peerDependencies).map(name => [name, false]),
    ...Object.keys(dependencies).map(name => [name, true]),
    ...Object.keys(optionalDependencies).map(name => [name, false]),
  ]);
}

/** The folder of a package as `require` of a file in `from` finds it; links are followed. */
function findPackage(root, from, name) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) {
      return realpathSync(candidate);
    }
    if (folder === root) return undefined;
  }
}
