import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../source-hash.mjs';

// Of the package whose tests read manifests with it.
const { parse } = createRequire(join(ROOT, 'packages/testing/package.json'))(
  'yaml',
);

/**
 * Every workflow below a folder's `.github/workflows`.
 *
 * @returns `file` (absolute), `text`, and `content` as YAML 1.2 has it; nothing where there is no such folder.
 */
export function readWorkflows(folder) {
  const place = join(folder, '.github/workflows');
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .filter(name => /\.ya?ml$/.test(name))
    .sort()
    .map(name => {
      const file = join(place, name);
      const text = readFileSync(file, 'utf8');
      return { name, file, text, content: parse(text) };
    });
}
