import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../source-hash.mjs';
import { configurationTable } from './configuration-table.mjs';

const require = createRequire(join(ROOT, 'package.json'));
const prettier = require('prettier');

const read = file => readFileSync(join(ROOT, file), 'utf8');

/** Pages that hold what is made, between two comments of its name. */
const pages = [
  {
    page: 'docs/reference/configuration.md',
    name: 'settings',
    make: () =>
      configurationTable(read('plugins/dojo-node/config.d.ts'), 'dojo'),
  },
];

/** Each page as it is (`text`) and as it should be (`expected`). */
export async function referencePages() {
  return pages.map(({ page, name, make }) => {
    const file = join(ROOT, page);
    const text = read(page);
    const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, rest] = text.split(start);
    const after = rest?.split(end)[1];
    if (after === undefined) {
      throw new Error(`${page} has no ${start} … ${end}`);
    }
    return {
      file,
      text,
      expected: prettier.format(
        `${before}${start}\n\n${make()}\n\n${end}${after}`,
        {
          ...require('@backstage/cli/config/prettier'),
          parser: 'markdown',
        },
      ),
    };
  });
}
