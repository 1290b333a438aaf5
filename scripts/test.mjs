import { parseArgs } from 'node:util';
import { hasCluster } from './go/testbed-programs.mjs';
import { browserSuite } from './suites/browser-suite.mjs';
import { coverageSuite } from './suites/coverage-suite.mjs';
import { jestSuite } from './suites/jest-suite.mjs';
import { runCommand } from './suites/run-command.mjs';
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

/** In the order of what a mistake costs to find. */
const suites = {
  prettier: () => check('prettier:check'),
  lint: () => check('lint'),
  tsc: () => check('tsc'),
  scripts: () =>
    scriptSuite('scripts', 'scripts/**/!(*.integration|*.packaging).test.mjs'),
  packaging: () =>
    withTestbed(['nix', 'workflow-linter'], () =>
      scriptSuite('packaging', 'scripts/**/*.packaging.test.mjs'),
    ),
  unit: () => jestSuite('unit'),
  integration: () =>
    withTestbed(['registry', 'modules', 'kustomize-inputs'], () =>
      jestSuite('integration'),
    ),
  cluster: () =>
    withTestbed(['cluster', 'modules'], () => jestSuite('cluster')),
  coverage: async () =>
    coverageSuite(['unit', 'integration', 'cluster-timed', 'cluster']),
  proof: () => withTestbed(['cluster'], () => jestSuite('proof')),
  start: () =>
    withTestbed(['cluster', 'nix'], () =>
      scriptSuite('start', 'scripts/**/*.integration.test.mjs'),
    ),
  browser: () => withTestbed(['cluster'], browserSuite),
};

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
const chosen = Object.keys(suites).filter(name =>
  options.only ? name === options.only : !(options.fast && slow.has(name)),
);
if (options.help || chosen.length === 0) {
  process.stdout.write(`${usage}\n`);
  process.exit(options.help ? 0 : 2);
}

// Read by packages/testing/src/sweep.ts.
if (options.full) process.env.DOJO_TEST_FULL = '1';

const results = [];
for (const name of chosen) {
  process.stdout.write(`\n▶ ${name}\n`);
  const start = performance.now();
  const counts = await suites[name]().catch(error => {
    process.stderr.write(`✗ ${error.message}\n`);
    return { passed: 0, failed: 1 };
  });
  results.push({
    name,
    ...counts,
    seconds: (performance.now() - start) / 1000,
  });
}

process.stdout.write('\n');
for (const { name, passed, failed, seconds } of results) {
  process.stdout.write(
    `${
      failed ? '✗' : '✔'
    } ${name}: ${passed} passed, ${failed} failed (${seconds.toFixed(0)} s)\n`,
  );
}
const sum = key => results.reduce((total, result) => total + result[key], 0);
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`);
process.exitCode = sum('failed') ? 1 : 0;
