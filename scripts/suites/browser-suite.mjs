import { globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../source-hash.mjs';
import { ensureAppBundle } from '../portal/app-bundle.mjs';
import { freePort } from '../portal/free-port.mjs';
import { findChromium } from './find-chromium.mjs';
import { InTurn } from './in-turn.mjs';
import { REPORTS } from './jest-suite.mjs';
import { readReport } from './read-report.mjs';
import { runCommand, say, withOutput } from './run-command.mjs';

/**
 * Four lanes at once, each on portals of its own: a browser and its portal keep half a core at work, and wait for the rest.
 * They take about as long as each other. Those in cluster/ follow one another, since they share a portal with a cluster.
 *
 * Each is the beginnings of its files below e2e-tests; the last one has all that no other names. `own`: the portals that its
 * tests start are all that it needs.
 */
const LANES = [
  { files: ['cluster/'], own: true },
  { files: ['delivery-', 'scale/'] },
  { files: ['adopter/', 'environments/'], own: true },
  { files: [] },
];

/** Each lane's; tests take some hundreds above it. */
const FIRST_PORT = 7107;
const PORTS_OF_LANE = 1_000;

/** Lines of a log that tell of what was last. */
const LAST_LINES = 40;

/** Patterns by which Playwright finds the files of each lane. */
export function lanePatterns(lanes = LANES) {
  const here = 'e2e-tests/';
  const named = lanes.flatMap(({ files }) => files).join('|');
  return lanes.map(({ files }) =>
    files.length > 0 ? `${here}(${files.join('|')})` : `${here}(?!${named})`,
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
      const run = () => lane(at + 1, files, LANES[at].own);
      return withOutput(turn.write, run).finally(turn.end);
    }),
  );
  const sum = key => results.reduce((all, result) => all + result[key], 0);
  return { passed: sum('passed'), failed: sum('failed') };
}

async function lane(number, files, own = false) {
  const firstPort = FIRST_PORT + PORTS_OF_LANE * (number - 1);
  const report = join(REPORTS, `browser-${number}.json`);
  rmSync(report, { force: true });
  const ended = await runCommand('yarn', ['playwright', 'test', files], {
    CHROMIUM_PATH: findChromium(),
    PORTAL_PORT: String(await freePort(firstPort)),
    PORTAL_DATA: `.cache/browser-data-${number}`,
    ...(own && { PORTAL_OWN: '1' }),
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  if (!ended) sayWhatIsKnown(number);
  return readReport(report, ended, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
  }));
}

/** A machine that builds keeps no files: what the page showed where a test failed, and what the portals said last. */
function sayWhatIsKnown(number) {
  const pages = globSync(
    `.cache/browser-results-${number}/**/error-context.md`,
    {
      cwd: ROOT,
    },
  );
  const logs = globSync(`.cache/browser-data-${number}*/portal.log`, {
    cwd: ROOT,
  });
  for (const file of pages) {
    say(`\n${file}\n${readFileSync(join(ROOT, file), 'utf8')}\n`);
  }
  for (const file of logs) {
    const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
    say(`\n${file}\n${lines.slice(-LAST_LINES).join('\n')}\n`);
  }
}
