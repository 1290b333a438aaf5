import { readYaml } from './read-yaml';
import { toPlainValue } from './yaml-value';

const limits = { maxValues: 1_000, maxDepth: 20 };
const valuesOf = (text: string) => {
  const read = readYaml(text, limits);
  return read.kind === 'documents'
    ? read.documents.map(toPlainValue)
    : `${read.line ?? '?'}: ${read.why}`;
};

describe('readYaml', () => {
  it.each([
    [
      'scalars',
      'a: 0440\nb: "0440"\nc: |\n  on\nd: !!str 12',
      [{ a: 288, b: '0440', c: 'on\n', d: '12' }],
    ],
    [
      'several documents, empty ones left out',
      '# x\n---\na: 1\n---\n---\n- b\n',
      [{ a: 1 }, ['b']],
    ],
    ['anchors', 'a: &n x\nb: *n\nc: [*n]', [{ a: 'x', b: 'x', c: ['x'] }]],
    [
      'an anchor that is set again',
      'a: &n x\nb: *n\nc: &n z\nd: *n',
      [{ a: 'x', b: 'x', c: 'z', d: 'z' }],
    ],
    [
      'merges, of which own keys win',
      'a: &m {x: 1, w: 2}\nb: {<<: *m, w: 3}\nc: {<<: [*m, {z: 4}]}',
      [{ a: { x: 1, w: 2 }, b: { w: 3, x: 1 }, c: { x: 1, w: 2, z: 4 } }],
    ],
    ['keys that are numbers', '1: a\non: b', [{ 1: 'a', true: 'b' }]],
    [
      'a key named as a prototype',
      '__proto__: {a: 1}',
      [JSON.parse('{"__proto__": {"a": 1}}')],
    ],
  ])('reads %s', (_, text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  it.each([
    ['an alias without an anchor', 'a: *n', '1: the alias *n has no anchor'],
    [
      'an anchor of another document',
      'a: &n x\n---\nb: *n',
      '3: the alias *n has no anchor',
    ],
    [
      'an alias of what it is in',
      'a: &n [*n]',
      '1: the alias *n has no anchor',
    ],
    [
      'what is no YAML',
      'a: [',
      '1: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    [
      'many levels',
      `${'['.repeat(30)}${']'.repeat(30)}`,
      '1: it is nested more than 20 deep',
    ],
    [
      'more levels than the parser takes',
      '['.repeat(100_000),
      expect.stringContaining('it is nested too deeply'),
    ],
    [
      'many values',
      `[${'x,'.repeat(1_001)}]`,
      '1: it holds more than 1000 values, those that aliases repeat counted each time',
    ],
    [
      'a long text that is repeated',
      `a: &n "${'x'.repeat(6_400)}"\nb: [${'*n,'.repeat(20)}]`,
      '2: it holds more than 1000 values, those that aliases repeat counted each time',
    ],
  ])('refuses %s', (_, text, why) => {
    expect(valuesOf(text)).toEqual(why);
  });

  it('takes the last of keys that stand twice, and tells of it', () => {
    const read = readYaml('a: 1\nb: {c: 2, c: 3}\na: 4', limits);
    expect(read).toMatchObject({
      kind: 'documents',
      repeated: [
        { name: 'c', at: 15 },
        { name: 'a', at: 21 },
      ],
    });
    expect(valuesOf('a: 1\nb: {c: 2, c: 3}\na: 4')).toEqual([
      { a: 4, b: { c: 3 } },
    ]);
  });

  it('refuses a few lines that aliases make into a billion values', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) =>
        `a${level + 1}: &a${level + 1} [${Array(10)
          .fill(`*a${level}`)
          .join()}]`,
    );
    const bomb = ['a0: &a0 [x]', ...levels].join('\n');
    expect(valuesOf(bomb)).toMatch(/^4: it holds more than 1000 values/);
  });
});
