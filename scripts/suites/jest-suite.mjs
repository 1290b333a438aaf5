import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../source-hash.mjs';
import { readReport } from './read-report.mjs';
import { runCommand } from './run-command.mjs';

/** Where the suites leave their reports. */
export const REPORTS = join(ROOT, '.cache/reports');

/** Of a test that says none itself: no test's outcome is to hang on what else the machine does. In ms. */
const TEST_TIMEOUT = 60_000;

/**
 * What a test file's name says of it: it needs servers or git; it needs a control plane of Kubernetes; it kills what it
 * tests, again and again.
 */
const kinds = ['integration', 'cluster', 'proof'];

/** Each test file of the kind has a control plane of its own, of 500 MB. */
const MOST_CLUSTERS = 4;

/**
 * Runs the Jest tests of all packages that are of one kind (`*.<kind>.test.ts`), or `unit`: all others, and counts them
 * from Jest's own report. Coverage goes to `.cache/reports/<kind>/`.
 */
export async function jestSuite(kind) {
  const report = join(REPORTS, `${kind}.json`);
  const coverage = join(REPORTS, kind);
  mkdirSync(REPORTS, { recursive: true });
  for (const old of [report, coverage]) {
    rmSync(old, { recursive: true, force: true });
  }
  const named = names => String.raw`\.(${names.join('|')})\.test\.`;
  const ended = await runCommand(
    'yarn',
    [
      'backstage-cli',
      'repo',
      'test',
      '--coverage',
      '--coverageReporters=json',
      `--coverageDirectory=${coverage}`,
      '--json',
      `--outputFile=${report}`,
      `--testTimeout=${TEST_TIMEOUT}`,
      ...(kind === 'cluster' ? [`--maxWorkers=${clusterWorkers()}`] : []),
      ...(kinds.includes(kind)
        ? [`--testPathPatterns=${named([kind])}`]
        : [`--testPathIgnorePatterns=/node_modules/|${named(kinds)}`]),
    ],
    { BACKSTAGE_TEST_DISABLE_DOCKER: '1', NODE_OPTIONS: '--no-deprecation' },
  );
  return readReport(
    report,
    ended,
    ({ numPassedTests, numFailedTests, ...rest }) => ({
      passed: numPassedTests,
      // A file that does not load has no tests to fail; a test that is skipped proves nothing.
      failed:
        numFailedTests +
        rest.numRuntimeErrorTestSuites +
        rest.numPendingTests +
        rest.numTodoTests,
    }),
  );
}

/** As many as Jest takes by itself, or fewer. */
function clusterWorkers() {
  return Math.min(Math.max(1, availableParallelism() - 1), MOST_CLUSTERS);
}
