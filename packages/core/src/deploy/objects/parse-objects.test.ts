import { isDojoError } from 'backstage-plugin-dojo-common';
import { parseObjects } from './parse-objects';

const names = (text: string) =>
  parseObjects(text, 'a.yaml').map(
    ({ kind, metadata: { name } }) => `${kind}/${name}`,
  );
const refusal = (text: string) => {
  try {
    parseObjects(text, 'a.yaml');
  } catch (error) {
    if (isDojoError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'taken';
};
const map = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const json = (name: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
});

describe('parseObjects', () => {
  it.each([
    ['', []],
    ['# nothing\n---\n---\n', []],
    [map('a'), ['ConfigMap/a']],
    [`\ufeff${map('a')}`, ['ConfigMap/a']],
    [
      `---\n${map('a')}---\n# none\n---\n${map('b')}...\n`,
      ['ConfigMap/a', 'ConfigMap/b'],
    ],
    [map('a').replaceAll('\n', '\r\n'), ['ConfigMap/a']],
    [JSON.stringify(json('a')), ['ConfigMap/a']],
    [JSON.stringify([json('a'), json('b')]), ['ConfigMap/a', 'ConfigMap/b']],
    [
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [json('a'), { kind: 'List', items: [json('b')] }],
      }),
      ['ConfigMap/a', 'ConfigMap/b'],
    ],
    [
      '{apiVersion: v1, kind: PodList, items: [{metadata: {name: a}}, {metadata: {name: b}}]}',
      ['Pod/a', 'Pod/b'],
    ],
    ['{apiVersion: v1, kind: List, items: []}', []],
    ['{apiVersion: v1, kind: ConfigMap}', ['ConfigMap/']],
    ['{apiVersion: v1, kind: ConfigMap, metadata: null}', ['ConfigMap/']],
    [`${map('a')}x: 1\nx: 2\n`, ['ConfigMap/a']],
    [
      '{apiVersion: acme.test/v1, kind: AllowList, metadata: {name: a}}',
      ['AllowList/a'],
    ],
  ])('reads %j', (text, found) => expect(names(text)).toEqual(found));

  it('takes the last of a key that stands twice', () => {
    expect(parseObjects(`${map('a')}x: 1\nx: 2\n`, 'a.yaml')[0].x).toBe(2);
  });

  it.each([
    ['just text', 'a.yaml holds no Kubernetes objects: it is no mapping'],
    ['a: b', 'it has no kind'],
    ['kind: Pod', 'it has no apiVersion'],
    [
      '{apiVersion: v1, kind: Pod, metadata: text}',
      'its metadata is no mapping',
    ],
    [
      '{apiVersion: v1, kind: Pod, metadata: {name: 5}}',
      'its metadata.name is no text',
    ],
    [
      `${map('a')}---\na: b`,
      'a.yaml, document 2 holds no Kubernetes objects: it has no kind',
    ],
    [
      '{kind: List, items: [{apiVersion: v1}]}',
      'a.yaml, item 1 holds no Kubernetes objects: it has no kind',
    ],
    [
      'a: [1, 2',
      'a.yaml:1 holds no Kubernetes objects: Flow sequence in block collection must be',
    ],
    [
      `${map('a')}x: &a 1\ny: *a\n`,
      'a.yaml:5 holds no Kubernetes objects: it uses an alias, which is not read',
    ],
    ['? {a: b}\n: c', 'a key of it is no text'],
    ['[[[[[[{}]]]]]]', 'lists are nested too deeply'],
    [`${'['.repeat(200_000)}`, 'OBJECTS_INVALID'],
    [
      `a: ${'['.repeat(150)}${']'.repeat(150)}`,
      'it is nested more than 100 deep',
    ],
    [
      `{"a":${'['.repeat(150)}${']'.repeat(150)}}`,
      'it is nested more than 100 deep',
    ],
    [`a: ${'{a: '.repeat(20_000)}`, 'it is nested more than 100 deep'],
    [
      `# ${'x'.repeat(4 * 1024 * 1024)}`,
      'OBJECTS_TOO_LARGE: a.yaml is too large: at most 4194304 characters of YAML are read',
    ],
    [
      JSON.stringify(Array.from({ length: 20_001 }, () => json('a'))),
      'OBJECTS_TOO_LARGE: a.yaml is too large: at most 20000 objects are read',
    ],
    [
      `[${'0,'.repeat(2_000_001)}0]`,
      'OBJECTS_TOO_LARGE: a.yaml is too large: at most 2000000 values are read',
    ],
  ])('refuses %.40j: %s', (text, why) => expect(refusal(text)).toContain(why));

  it('is not led astray by the names of what every object has', () => {
    const [object] = parseObjects(
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","__proto__":{"namespace":"x"}},"__proto__":{"data":1}}',
      'a.json',
    );
    expect(object.metadata.namespace).toBe(undefined);
    expect(object.data).toBe(undefined);
  });
});
