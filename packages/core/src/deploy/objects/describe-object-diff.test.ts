import type { ObjectDiff } from 'backstage-plugin-dojo-common';
import { describeObjectDiffs } from './describe-object-diff';

const changed: ObjectDiff = {
  object: {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'ledger',
    namespace: 'ledger-dev',
  },
  change: 'changed',
  fields: [
    { path: '.spec.replicas', before: '0', after: '1' },
    { path: '.spec.paused', before: 'true' },
    { path: '.spec.minReadySeconds', after: '5' },
  ],
  omitted: 2,
};
const removed: ObjectDiff = {
  object: { apiVersion: 'v1', kind: 'Namespace', name: 'old' },
  change: 'removed',
  fields: [],
  omitted: 0,
};
const many = (count: number, fields: number): ObjectDiff[] =>
  Array.from({ length: count }, (_, at) => ({
    ...changed,
    object: { ...changed.object, name: `o${at}` },
    fields: Array.from({ length: fields }, (__, field) => ({
      path: `.data.k${field}`,
      after: 'x'.repeat(80),
    })),
    omitted: 0,
  }));

describe('describeObjectDiffs', () => {
  it('gives an object a paragraph and a field a line', () => {
    expect(describeObjectDiffs([changed, removed])).toBe(
      [
        'Deployment/ledger-dev/ledger: changed',
        '  ~ .spec.replicas: 0 -> 1',
        '  - .spec.paused: true',
        '  + .spec.minReadySeconds: 5',
        '  … and 2 more fields',
        'Namespace/old: removed',
      ].join('\n'),
    );
    expect(describeObjectDiffs([])).toBe('');
  });

  it('stays below 60,000 characters with whole objects, heads and a count', () => {
    const text = describeObjectDiffs([
      ...many(5, 100),
      ...many(1, 2000),
      ...many(5_000, 3),
    ]);
    expect(text.length).toBeLessThan(60_000);
    expect(text.length).toBeGreaterThan(59_000);
    expect(text).toContain('Deployment/ledger-dev/o0: changed (2000 fields)\n');
    expect(text).toMatch(/… and \d+ more objects$/);
  });

  it('counts all where nothing fits', () => {
    expect(describeObjectDiffs([removed], { maxCharacters: 10 })).toBe(
      '… and 1 more object',
    );
  });

  it('makes one line of any name', () => {
    expect(
      describeObjectDiffs([
        { ...removed, object: { ...removed.object, name: 'a\n\u202eb' } },
      ]),
    ).toBe('Namespace/a b: removed');
  });
});
