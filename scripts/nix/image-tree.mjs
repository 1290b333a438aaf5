/**
 * Makes the folder that an image of flake.nix holds, of what `yarn workspace backend build` built and `yarn install`
 * installed; nothing is asked of the net. A test starts what it makes.
 *
 *     node scripts/nix/image-tree.mjs portal | migrator <folder>
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { ROOT } from '../source-hash.mjs';
import { productionModules } from './production-modules.mjs';

/** Per image: the workspaces that it runs, and what else of the repository it holds. */
const images = {
  portal: {
    workspaces: ['packages/backend'],
    files: [
      // Backstage looks for its root by these two.
      ...['package.json', 'backstage.json'],
      // Settings of deploy/portal come on top of the two.
      ...['app-config.yaml', 'app-config.production.yaml', 'templates'],
    ],
  },
  migrator: { workspaces: ['packages/cli'], files: [] },
};

const [name, folder] = process.argv.slice(2);
const image = images[name];
if (!image || !folder) {
  process.stderr.write(
    'Usage: image-tree.mjs portal | migrator <folder that does not exist>\n',
  );
  process.exit(2);
}
const target = resolve(folder);
const { modules, workspaces } = productionModules(ROOT, image.workspaces);
mkdirSync(dirname(target), { recursive: true });
mkdirSync(target);

// Each workspace as it is published: built, without its sources.
execFileSync('tar', [
  ...['-xzf', join(ROOT, 'packages/backend/dist/bundle.tar.gz')],
  ...['-C', target, ...workspaces.values()],
]);
for (const [packageName, place] of workspaces) {
  const link = join(target, 'node_modules', packageName);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), join(target, place)), link);
}
for (const place of modules) {
  cpSync(join(ROOT, place), join(target, place), {
    recursive: true,
    verbatimSymlinks: true,
    // Those of the production closure come by themselves.
    filter: source =>
      basename(source) !== 'node_modules' || source === join(ROOT, place),
  });
}
for (const file of image.files) {
  cpSync(join(ROOT, file), join(target, file), { recursive: true });
}
