import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { seedImages, buildHeadImage } from './seed-images.mjs';
import { ROOT } from './source-hash.mjs';

const usage = `Usage: node scripts/build-image.mjs [--data <folder>]
  Makes the image of the ledger's head in the local forge, as its CI would, so that the head can be released.
  --data <folder>  of ./scripts/start (default: .dojo)`;

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(ROOT, '.dojo') },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  process.stdout.write(`${usage}\n`);
} else {
  const forge = join(resolve(options.data), 'forge');
  await seedImages(forge);
  process.stdout.write(`${await buildHeadImage(forge)}\n`);
}
