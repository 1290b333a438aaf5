/**
 * Writes into the reference what is said elsewhere: the settings of plugins/dojo-node/config.d.ts into
 * docs/reference/configuration.md. A test fails while they differ.
 *
 *     node scripts/reference/write-reference.mjs
 */
import { writeFileSync } from 'node:fs';
import { referencePages } from './reference-pages.mjs';

for (const { file, expected } of await referencePages()) {
  writeFileSync(file, expected);
}
