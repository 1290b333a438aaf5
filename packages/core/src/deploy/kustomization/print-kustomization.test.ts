import fc from 'fast-check';
import { parse } from 'yaml';
import { readYaml } from '../yaml/read-yaml';
import { toPlainValue } from '../yaml/yaml-value';
import { printKustomization } from './print-kustomization';
import { treeLimits } from './tree-limits';

const seed = { seed: 20261129, numRuns: 500 };
const valueOf = (text: string) => {
  const read = readYaml(text, treeLimits);
  if (read.kind === 'invalid') throw new Error(read.why);
  return read.documents[0];
};

describe('printKustomization', () => {
  it('means what was read, to this parser and to another', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1, unit: 'binary' }),
          fc.array(fc.string({ unit: 'binary' })),
        ),
        written => {
          const value = valueOf(JSON.stringify(written));
          const printed = printKustomization(value, new Map());
          expect(toPlainValue(valueOf(printed))).toEqual(toPlainValue(value));
          expect(parse(printed)).toEqual(written);
          expect(printed).not.toMatch(/[\n\r\u0085\u2028\u2029\ufeff]/);
        },
      ),
      seed,
    );
  });

  it('leaves plain scalars as they were written', () => {
    const value = valueOf(
      'a: [0x1F, 1.10, -1, on, ~, 2.0.0, ../base]\nb: 1:30\nc:\n',
    );
    expect(printKustomization(value, new Map())).toBe(
      '{"a": [0x1F, 1.10, -1, on, ~, 2.0.0, ../base], "b": "1:30", "c": null}',
    );
  });

  it('puts another text in the place of a scalar', () => {
    const value = valueOf('a: [x, y]');
    expect(printKustomization(value, new Map([[4, '../z']]))).toBe(
      '{"a": ["../z", y]}',
    );
  });
});
