import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../source-hash.mjs';
import { jestParts } from './jest-parts.mjs';
import { readReport } from './read-report.mjs';
import { runCommand } from './run-command.mjs';

/** Where the suites leave their reports. */
export const REPORTS = join(ROOT, '.cache/reports');

/** Of a test that says none itself: no test's outcome is to hang on what else the machine does. In ms. */
const TEST_TIMEOUT = 60_000;

/**
 * Runs the Jest tests of all packages that are of one kind (`*.<kind>.test.ts`), or `unit`: all others, and counts them
 * from Jest's own reports. Coverage goes to a folder of `.cache/reports` for each of the kind's parts.
 *
 * @param isChosen - which of its parts run; default: all, one after the other.
 */
export async function jestSuite(kind, isChosen = () => true) {
  const counts = { passed: 0, failed: 0 };
  const parts = jestParts(kind, availableParallelism());
  for (const part of parts.filter(({ name }) => isChosen(name))) {
    const { passed, failed } = await runPart(part);
    counts.passed += passed;
    counts.failed += failed;
  }
  return counts;
}

/** Arguments of Jest by what a part says of its coverage. */
const coverageArguments = {
  'of-all': ['--coverage', '--coverageReporters=json'],
  'of-loaded': [
    '--coverage',
    '--coverageReporters=json',
    // Without a pattern it is of what was loaded.
    '--collectCoverageFrom=[]',
  ],
  none: [],
};

const reportOf = name => join(REPORTS, `${name}.json`);
const coverageFolderOf = name => join(REPORTS, name);

/** Of the run of a part. */
export function jestArguments({ name, coverage: counted, args }) {
  return [
    ...coverageArguments[counted],
    `--coverageDirectory=${coverageFolderOf(name)}`,
    // Beyond a stage, unlike the temporary folder where Jest would keep it.
    `--cacheDirectory=${join(ROOT, '.cache/jest')}`,
    '--json',
    `--outputFile=${reportOf(name)}`,
    `--testTimeout=${TEST_TIMEOUT}`,
    `--testSequencer=${join(ROOT, 'scripts/suites/longest-first.cjs')}`,
    // Without coverage, and where CI is not set, it would go on watching.
    '--watchAll=false',
    ...args,
  ];
}

async function runPart(part) {
  const report = reportOf(part.name);
  mkdirSync(REPORTS, { recursive: true });
  for (const old of [report, coverageFolderOf(part.name)]) {
    rmSync(old, { recursive: true, force: true });
  }
  const ended = await runCommand(
    'yarn',
    ['backstage-cli', 'repo', 'test', ...jestArguments(part)],
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
