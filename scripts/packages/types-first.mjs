/**
 * Puts `types` first in every condition of the exports of the package that is being packed: they are read in their order,
 * and backstage-cli writes `types` behind `import`, where TypeScript does not come to it. What packing changed in
 * package.json is taken back after it.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
for (const [entry, conditions] of Object.entries(manifest.exports)) {
  if (typeof conditions === 'string' || !conditions.types) continue;
  const { types, ...others } = conditions;
  manifest.exports[entry] = { types, ...others };
}
writeFileSync('package.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
