import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../portal/free-port.mjs';
import { findChromium } from './find-chromium.mjs';
import { REPORTS } from './jest-suite.mjs';
import { readReport } from './read-report.mjs';
import { runCommand } from './run-command.mjs';

/** Runs the Playwright tests against a portal of their own: free port, empty data folder. */
export async function browserSuite() {
  const report = join(REPORTS, 'browser.json');
  rmSync(report, { force: true });
  const ended = await runCommand('yarn', ['playwright', 'test'], {
    CHROMIUM_PATH: findChromium(),
    PORTAL_PORT: String(await freePort(7107)),
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  return readReport(report, ended, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
  }));
}
