import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ROOT } from '../source-hash.mjs';
import { jestParts } from './jest-parts.mjs';

const kinds = ['unit', 'integration', 'cluster', 'proof'];

/** Whether Jest takes a file with these arguments. */
const takes = (args, file) => {
  const pattern = flag =>
    args.find(arg => arg.startsWith(`--${flag}=`))?.slice(`--${flag}=`.length);
  const ignored = pattern('testPathIgnorePatterns');
  const wanted = pattern('testPathPatterns');
  return (
    (wanted === undefined || new RegExp(wanted).test(file)) &&
    (ignored === undefined || !new RegExp(ignored).test(file))
  );
};

const partsOf = file =>
  kinds.flatMap(kind =>
    jestParts(kind, 2)
      .filter(({ args }) => takes(args, file))
      .map(({ name }) => name),
  );

/** Files of the repository and such as are not committed yet. */
const files = pattern =>
  execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '--', pattern],
    { cwd: ROOT, encoding: 'utf8' },
  )
    .split('\n')
    .filter(Boolean);

describe('jestParts', () => {
  it('runs what bounds a time one at a time, and the others beside each other', () => {
    assert.deepEqual(
      jestParts('cluster', 2).map(({ name, args }) => [
        name,
        args.find(arg => arg.startsWith('--maxWorkers')),
      ]),
      [
        ['cluster-timed', '--maxWorkers=1'],
        ['cluster', '--maxWorkers=2'],
      ],
    );
  });

  for (const [cores, workers] of [
    [1, 2],
    [2, 2],
    [4, 3],
    [64, 4],
  ]) {
    it(`starts ${workers} clusters at once on ${cores} cores`, () => {
      const { args } = jestParts('cluster', cores).at(-1);
      assert.ok(args.includes(`--maxWorkers=${workers}`));
    });
  }

  it('counts the lines of files that no test loads once', () => {
    const parts = kinds.flatMap(kind => jestParts(kind, 2));
    assert.deepEqual(
      parts.map(({ name, coverage }) => [name, coverage]),
      [
        ['unit', 'of-all'],
        ['growth', 'none'],
        ['integration', 'of-loaded'],
        ['cluster-timed', 'of-loaded'],
        ['cluster', 'of-loaded'],
        ['proof', 'none'],
      ],
    );
  });

  for (const [file, part] of [
    ['src/a.test.ts', 'unit'],
    ['src/timed.test.ts', 'unit'],
    ['src/a.growth.test.ts', 'growth'],
    ['src/a.integration.test.ts', 'integration'],
    ['src/a.cluster.test.ts', 'cluster'],
    ['src/a.timed.cluster.test.ts', 'cluster-timed'],
    ['src/a.proof.test.ts', 'proof'],
  ]) {
    it(`runs ${file} in ${part} alone`, () => {
      assert.deepEqual(partsOf(file), [part]);
    });
  }

  it('runs each test file of the repository once', () => {
    const all = files('*.test.ts').concat(files('*.test.tsx'));
    assert.ok(all.length > 100);
    assert.deepEqual(
      all.filter(file => partsOf(file).length !== 1),
      [],
    );
  });

  it('counts nothing of coverage in what counts steps', () => {
    const counting = files('*.test.ts').filter(file =>
      /\bcountSteps(?:Of)?\(/.test(readFileSync(join(ROOT, file), 'utf8')),
    );
    assert.ok(counting.length > 3);
    assert.deepEqual(
      counting.filter(file => partsOf(file)[0] !== 'growth'),
      [],
    );
  });

  it('runs alone every test that bounds a delay in a cluster to a second or so', () => {
    const clusterTests = files('*.cluster.test.ts');
    assert.ok(clusterTests.length > 10);
    const bounded = clusterTests.filter(file =>
      /performance\.now\(\)/.test(readFileSync(join(ROOT, file), 'utf8')),
    );
    assert.deepEqual(
      bounded.filter(file => !/\.timed\.cluster\.test\.ts$/.test(file)),
      [],
    );
  });
});
