import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureAppBundle } from '../portal/app-bundle.mjs';
import { freePort } from '../portal/free-port.mjs';
import { findChromium } from './find-chromium.mjs';
import { REPORTS } from './jest-suite.mjs';
import { readReport } from './read-report.mjs';
import { runCommand } from './run-command.mjs';

/**
 * What runs beside the other files, each half on a portal of its own: a browser waits more than it works, and two cores have
 * room for two. About as long as the rest. Those in cluster/ follow one another, since they share a portal with a cluster.
 */
const firstHalf = ['cluster/', 'migrate'];

/** Runs the Playwright tests in two halves at once, each against a portal of its own: free port, empty data folder. */
export async function browserSuite() {
  await ensureAppBundle(() =>
    runCommand('yarn', ['workspace', 'app', 'build'], {
      NODE_ENV: 'production',
    }),
  );
  const names = firstHalf.join('|');
  const here = 'e2e-tests/';
  const halves = await Promise.all([
    half('first', `${here}(${names})`, 7107),
    half('second', `${here}(?!${names})`, 7157),
  ]);
  return {
    passed: halves[0].passed + halves[1].passed,
    failed: halves[0].failed + halves[1].failed,
  };
}

async function half(name, files, firstPort) {
  const report = join(REPORTS, `browser-${name}.json`);
  rmSync(report, { force: true });
  const ended = await runCommand('yarn', ['playwright', 'test', files], {
    CHROMIUM_PATH: findChromium(),
    PORTAL_PORT: String(await freePort(firstPort)),
    PORTAL_DATA: `.cache/browser-data-${name}`,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  return readReport(report, ended, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
  }));
}
