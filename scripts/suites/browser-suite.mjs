import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureAppBundle } from '../portal/app-bundle.mjs';
import { freePort } from '../portal/free-port.mjs';
import { findChromium } from './find-chromium.mjs';
import { InTurn } from './in-turn.mjs';
import { REPORTS } from './jest-suite.mjs';
import { readReport } from './read-report.mjs';
import { runCommand, withOutput } from './run-command.mjs';

/**
 * Four lanes at once, each on a portal of its own: a browser and its portal keep half a core at work, and wait for the
 * rest. They take about as long as each other. Those in cluster/ follow one another, since they share a portal with a
 * cluster.
 *
 * Each is the beginnings of its files below e2e-tests; the last one has all that no other names.
 */
const LANES = [
  ['cluster/'],
  ['delivery-', 'scale/'],
  ['adopter/', 'environments/'],
  [],
];

const FIRST_PORT = 7107;

/** Patterns by which Playwright finds the files of each lane. */
export function lanePatterns(lanes = LANES) {
  const here = 'e2e-tests/';
  const named = lanes.flat().join('|');
  return lanes.map(names =>
    names.length > 0 ? `${here}(${names.join('|')})` : `${here}(?!${named})`,
  );
}

/** Runs the Playwright tests in lanes, each against a portal of its own: free port, empty data folder. */
export async function browserSuite() {
  await ensureAppBundle(() =>
    runCommand('yarn', ['workspace', 'app', 'build'], {
      NODE_ENV: 'production',
    }),
  );
  const turns = new InTurn(chunk => process.stdout.write(chunk));
  const results = await Promise.all(
    lanePatterns().map((files, at) => {
      const turn = turns.open();
      const run = () => lane(at + 1, files, FIRST_PORT + 50 * at);
      return withOutput(turn.write, run).finally(turn.end);
    }),
  );
  const sum = key => results.reduce((all, result) => all + result[key], 0);
  return { passed: sum('passed'), failed: sum('failed') };
}

async function lane(number, files, firstPort) {
  const report = join(REPORTS, `browser-${number}.json`);
  rmSync(report, { force: true });
  const ended = await runCommand('yarn', ['playwright', 'test', files], {
    CHROMIUM_PATH: findChromium(),
    PORTAL_PORT: String(await freePort(firstPort)),
    PORTAL_DATA: `.cache/browser-data-${number}`,
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  return readReport(report, ended, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
  }));
}
