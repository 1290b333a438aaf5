import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { seedImages, buildHeadImage } from './seed-images.mjs';
import { ROOT } from './source-hash.mjs';

const usage = `Usage: node scripts/build-image.mjs [--component <name>] [--branch <name>] [--data <folder>]
  Makes the image of the head of a repository of the local forge, as its CI would, so that the head can be released.
  --component <name>  name of the repository, without .git (default: ledger)
  --branch <name>     of another branch's head (default: the main one)
  --data <folder>     of ./scripts/start (default: .dojo)`;

const { values: options } = parseArgs({
  options: {
    component: { type: 'string', default: 'ledger' },
    branch: { type: 'string' },
    data: { type: 'string', default: join(ROOT, '.dojo') },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  process.stdout.write(`${usage}\n`);
} else {
  const forge = join(resolve(options.data), 'forge');
  const { component, branch } = options;
  if (!/^[a-z0-9]+(?:[-._][a-z0-9]+)*$/.test(component)) {
    throw new Error(`${component} is not the name of a repository`);
  }
  if (component === 'ledger') await seedImages(forge);
  process.stdout.write(`${await buildHeadImage(forge, component, branch)}\n`);
}
