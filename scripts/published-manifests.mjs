/** Prints the package.json of each package that goes to npm, and the repository's own: all have the version of a release. */
import { join } from 'node:path';
import { workspaces } from './source-hash.mjs';

const published = [...workspaces().values()]
  .filter(({ manifest }) => !manifest.private)
  .map(({ folder }) => join(folder, 'package.json'));
process.stdout.write(`${['package.json', ...published].join('\n')}\n`);
