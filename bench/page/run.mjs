#!/usr/bin/env node
/**
 * What somebody waits for who looks at a thousand components: first rows, narrowed, sorted (story 20), in Chromium by the
 * page's own clock, with Backstage's own list of components in the same run. Nothing else may run on the machine.
 *
 *     node bench/page/run.mjs [--write]
 *
 * Fails where a figure is above its bound. About 5 minutes on two cores, with a portal of its own.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../../scripts/portal/free-port.mjs';
import { findChromium } from '../../scripts/suites/find-chromium.mjs';
import { runBeside, runTimed } from '../shared/measure.mjs';
import { CACHE, ROOT } from '../shared/places.mjs';
import {
  machineLine,
  markdownTable,
  writeSection,
} from '../shared/write-section.mjs';

const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
});
const reportFile = join(CACHE, 'page.json');
rmSync(reportFile, { force: true });
const chromium = findChromium({ whole: true });
const failure = await runBeside('yarn', ['playwright', 'test'], {
  cwd: ROOT,
  env: {
    DOJO_MEASURE: '1',
    CHROMIUM_PATH: chromium,
    PORTAL_PORT: String(await freePort(7107)),
    PORTAL_DATA: '.cache/bench/page',
    PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile,
  },
}).then(
  () => undefined,
  error => error,
);

const figures = measuredIn(JSON.parse(readFileSync(reportFile, 'utf8')));
const table = markdownTable(
  ['what', 'ms'],
  figures.map(({ what, ms }) => [what, ms]),
);
process.stdout.write(`${table}\n`);
if (failure) throw failure;
if (values.write) {
  const browser = runTimed(chromium, ['--version']).stdout.trim();
  writeSection('page', {
    title: 'Deliveries in a browser',
    note: '`node bench/page/run.mjs --write`: 1,003 components with 3 environments, 50 rows a page; the middle of 7 rounds, by the clock of the page, from the last key or click until it is drawn. Bounds: 1,000 ms for first rows, 300 ms for what is sorted or narrowed.',
    parts: [machineLine(browser), table],
  });
}

/** The figures that the tests wrote down, in their order. */
function measuredIn({ suites }) {
  const all = suites.flatMap(suite => [suite, ...(suite.suites ?? [])]);
  return all
    .flatMap(({ specs = [] }) => specs)
    .flatMap(({ tests }) => tests)
    .flatMap(({ results }) => results)
    .flatMap(({ annotations = [] }) => annotations)
    .filter(({ type }) => type === 'measured')
    .map(({ description }) => {
      const [, what, ms] = /^(.*): (\d+) ms$/.exec(description);
      return { what, ms: Number(ms) };
    });
}
