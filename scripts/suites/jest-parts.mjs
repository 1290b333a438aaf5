/**
 * What a test file's name says of it: it needs servers or git; it needs a control plane of Kubernetes; it kills what it
 * tests, again and again.
 */
const kinds = ['integration', 'cluster', 'proof'];

/** Part of `unit`: it counts what code does, with V8's optimizers off, and so has none of the counters of coverage in it. */
const growth = 'growth';

/** Each test file of the kind has a control plane of its own, of 500 MB. */
const MOST_CLUSTERS = 4;

/** A test that waits for pods leaves a core idle for half of its time. */
const FEWEST_WORKERS = 2;

/** To count the lines of files that no test loads takes 10 s and more, and once is enough. */
const coverageOf = { unit: 'of-all', integration: 'of-loaded' };

const named = names => String.raw`\.(${names.join('|')})\.test\.`;
const ignoring = pattern =>
  `--testPathIgnorePatterns=/node_modules/|${pattern}`;

/** What nothing may run beside. */
export const TIMED = 'cluster-timed';

/**
 * The runs of Jest that a suite consists of: each with a name for its report, the arguments that choose its files, and
 * whether its coverage is looked at. `unit` is two: `*.growth.test.ts` runs by itself. So is `cluster`: `*.timed.cluster.test.ts` bound how long something may take, so they
 * run one at a time, and nothing beside them; all others run beside each other.
 *
 * @param kind - One of the kinds of test files, or `unit`: all others.
 * @param cores - What the machine has.
 */
export function jestParts(kind, cores) {
  if (kind === 'cluster') {
    const timed = named(['timed\\.cluster']);
    return [
      {
        name: TIMED,
        coverage: 'of-loaded',
        args: [`--testPathPatterns=${timed}`, '--maxWorkers=1'],
      },
      {
        name: 'cluster',
        coverage: 'of-loaded',
        args: [
          `--testPathPatterns=${named([kind])}`,
          ignoring(timed),
          `--maxWorkers=${clusterWorkers(cores)}`,
        ],
      },
    ];
  }
  const part = {
    name: kind,
    coverage: coverageOf[kind] ?? 'none',
    args: kinds.includes(kind)
      ? [`--testPathPatterns=${named([kind])}`]
      : [ignoring(named([...kinds, growth]))],
  };
  if (kind !== 'unit') return [part];
  return [
    part,
    {
      name: growth,
      coverage: 'none',
      args: [`--testPathPatterns=${named([growth])}`],
    },
  ];
}

function clusterWorkers(cores) {
  return Math.min(Math.max(FEWEST_WORKERS, cores - 1), MOST_CLUSTERS);
}
