import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasCluster } from './go/testbed-programs.mjs';
import { browserSuite } from './suites/browser-suite.mjs';
import { coverageSuite } from './suites/coverage-suite.mjs';
import { TIMED } from './suites/jest-parts.mjs';
import { jestSuite } from './suites/jest-suite.mjs';
import { freeBytes, OwnTemporary } from './suites/own-temporary.mjs';
import { runCommand } from './suites/run-command.mjs';
import { runStage, sumBySuite } from './suites/run-stage.mjs';
import { scriptSuite } from './suites/script-suite.mjs';

const usage = `Usage: ./scripts/test [options]       (where Node 24 and Yarn 4 are installed: yarn test [options])
  --fast          all but proof, start and browser, which take minutes each, and cluster where its control plane is not
                  built yet
  --full          visits every point of each sweep (kills at every call and request); without it, a sample of them
  --only <suite>  one suite: prettier, lint, tsc, scripts, packaging (flakes, workflows), unit, integration, cluster,
                  coverage (of the last runs), proof, start, browser`;

/** A static check is one test. */
const check = async (...command) =>
  (await runCommand('yarn', command))
    ? { passed: 1, failed: 0 }
    : { passed: 0, failed: 1 };

/** Builds and fetches what the tests need beforehand, so that no test waits for it. @param needed - as testbed.mjs names it. */
async function withTestbed(needed, suite) {
  for (const what of needed) {
    if (!(await runCommand(process.execPath, ['scripts/testbed.mjs', what]))) {
      throw new Error(`the ${what} of the tests is missing`);
    }
  }
  return suite();
}

/** Builds and packs the packages in their own folders. */
const packed = 'packed-command';

/** In the order of what a mistake costs to find; the jobs of one stage run two at a time. */
const stages = [
  [
    // Each is at work on one core.
    { suite: 'prettier', run: () => check('prettier:check') },
    { suite: 'lint', run: () => check('lint') },
    { suite: 'tsc', run: () => check('tsc') },
    {
      suite: 'scripts',
      run: () =>
        scriptSuite(
          'scripts',
          'scripts/**/!(*.integration|*.packaging).test.mjs',
        ),
    },
    {
      suite: 'packaging',
      run: () =>
        withTestbed(['nix', 'workflow-linter'], () =>
          scriptSuite('packaging', 'scripts/**/*.packaging.test.mjs'),
        ),
    },
  ],
  [
    { suite: 'unit', run: () => jestSuite('unit') },
    // It waits for pods most of the time.
    {
      suite: 'cluster',
      run: () =>
        withTestbed(['cluster', 'modules'], () =>
          jestSuite('cluster', name => name !== TIMED),
        ),
    },
  ],
  [
    {
      suite: 'integration',
      run: () =>
        withTestbed(['registry', 'modules', 'kustomize-inputs'], () =>
          jestSuite('integration'),
        ),
    },
  ],
  [
    // What bounds a time has the machine for itself.
    {
      suite: 'cluster',
      title: 'cluster, timed',
      run: () =>
        withTestbed(['cluster', 'modules'], () =>
          jestSuite('cluster', name => name === TIMED),
        ),
    },
  ],
  [
    {
      suite: 'coverage',
      run: async () => coverageSuite(['unit', 'integration', TIMED, 'cluster']),
    },
  ],
  [
    {
      suite: 'proof',
      run: () => withTestbed(['cluster'], () => jestSuite('proof')),
    },
    // It waits for portals that come up.
    {
      suite: 'start',
      run: () =>
        withTestbed(['cluster', 'nix'], () =>
          scriptSuite('start', `scripts/**/!(${packed}).integration.test.mjs`),
        ),
    },
  ],
  [
    // While a package is packed its manifest is another, and programs of this checkout are made anew.
    {
      suite: 'start',
      title: 'start, packed',
      run: () =>
        scriptSuite(
          'start-packed',
          `scripts/**/${packed}.integration.test.mjs`,
        ),
    },
  ],
  [
    {
      suite: 'browser',
      run: () => withTestbed(['cluster'], browserSuite),
    },
  ],
];

const slow = new Set(['proof', 'start', 'browser']);

const { values: options } = parseArgs({
  options: {
    fast: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
/** Without the tests of the cluster, coverage would tell of code that they alone run. */
if (options.fast && !options.only && !hasCluster()) {
  process.stderr.write(
    '• cluster and coverage are left out: the control plane is not built yet (--only cluster builds it, 5 to 10 min)\n',
  );
  for (const name of ['cluster', 'coverage']) slow.add(name);
}
const isChosen = name =>
  options.only ? name === options.only : !(options.fast && slow.has(name));
const chosen = stages
  .map(jobs => jobs.filter(({ suite }) => isChosen(suite)))
  .filter(jobs => jobs.length > 0);
if (options.help || chosen.length === 0) {
  process.stdout.write(`${usage}\n`);
  process.exit(options.help ? 0 : 2);
}

// Read by packages/testing/src/sweep.ts.
if (options.full) process.env.DOJO_TEST_FULL = '1';

const temporary = new OwnTemporary();
process.env.TMPDIR = temporary.folder;
// A machine that builds once has no use for what Go keeps for the next time: 2.5 GB.
if (process.env.CI) process.env.GOCACHE ??= join(temporary.folder, 'go');
process.once('exit', () => temporary.remove());
/** What a machine lacks is then seen in what it printed last. */
const sayFree = () =>
  process.stderr.write(
    `• ${(freeBytes(temporary.folder) / 1e9).toFixed(1)} GB of disk are free\n`,
  );
sayFree();
const ran = [];
for (const jobs of chosen) {
  const titled = jobs.map(job => ({ title: job.suite, ...job }));
  ran.push(...(await runStage(titled)));
  sayFree();
  temporary.empty();
}
const results = sumBySuite(ran);

process.stdout.write('\n');
for (const { suite, passed, failed, seconds } of results) {
  process.stdout.write(
    `${
      failed ? '✗' : '✔'
    } ${suite}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)\n`,
  );
}
const sum = key => results.reduce((total, result) => total + result[key], 0);
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = sum('failed') ? 1 : 0;
