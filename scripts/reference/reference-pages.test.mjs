import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configurationTable } from './configuration-table.mjs';
import { referencePages } from './reference-pages.mjs';

describe('the reference', () => {
  it('says what the schema of the configuration says (node scripts/reference/write-reference.mjs)', async () => {
    for (const { text, expected } of await referencePages()) {
      assert.equal(text, expected);
    }
  });
});

describe('a table of settings', () => {
  const table = inner =>
    configurationTable(
      `export interface Config { dojo?: { ${inner} } }`,
      'dojo',
    )
      .split('\n')
      .slice(2);

  it('has the path, the type, the default and the meaning of each', () => {
    assert.deepEqual(
      table(`
        /** What is tried. Default: 4. */
        plans?: {
          /** At once. */
          atOnce: number;
        };
        /** Places. Default: none. */
        places?: Array<{
          /** Its name, of letters. */
          name: string;
          /** How. Default: \`a\`. */
          mode?: 'a' | 'b';
          /** Times. */
          freeze?: string[];
        }>;
        forge?: false | {
          /**
           * A secret.
           * @visibility secret
           */
          secret: string;
        };
      `),
      [
        '| `dojo.plans` |  | 4 | What is tried |',
        '| `dojo.plans.atOnce` | `number` | required | At once |',
        '| `dojo.places` |  | none | Places |',
        '| `dojo.places[].name` | `string` | required | Its name, of letters |',
        '| `dojo.places[].mode` | `a`, `b` | `a` | How |',
        '| `dojo.places[].freeze` | `string[]` |  | Times |',
        '| `dojo.forge.secret` | `string` | required | A secret |',
      ],
    );
  });

  it('is refused while a setting says nothing of itself', () => {
    assert.throws(
      () => table('plans?: { atOnce: number };'),
      /dojo\.plans\.atOnce has no comment in config\.d\.ts/,
    );
  });
});
