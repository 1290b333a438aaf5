import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../source-hash.mjs';
import { readReport } from './read-report.mjs';
import { runCommand } from './run-command.mjs';

/** Where the suites leave their reports. */
export const REPORTS = join(ROOT, '.cache/reports');

/**
 * Runs the Jest tests of all packages, those that need servers or git (`*.integration.test.ts`) or the others, and counts
 * them from Jest's own report. Coverage goes to `.cache/reports/<name>/`.
 */
export async function jestSuite(name, { integration }) {
  const report = join(REPORTS, `${name}.json`);
  const coverage = join(REPORTS, name);
  mkdirSync(REPORTS, { recursive: true });
  for (const old of [report, coverage]) {
    rmSync(old, { recursive: true, force: true });
  }
  const pattern = String.raw`\.integration\.test\.`;
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
      ...(integration
        ? [`--testPathPatterns=${pattern}`]
        : [`--testPathIgnorePatterns=/node_modules/|${pattern}`]),
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
