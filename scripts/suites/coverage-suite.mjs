import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import istanbul from 'istanbul-lib-coverage';
import { ROOT, workspaces } from '../source-hash.mjs';
import { REPORTS } from './jest-suite.mjs';

const LEAST_PERCENT = { default: 80, 'dojo-portal-core': 90 };
/** Programs' first lines, which start what the browser suite then uses; servers and fixtures of the tests. */
const uncounted =
  /^packages\/(backend\/src\/index\.ts|app\/src\/index\.tsx|testing\/.*)$|\/__testUtils__\/|__fixtures__|setupTests|\.test\.tsx?$/;

/** Checks the share of lines that the suites named ran, package by package: each package is one check. */
export function coverageSuite(names) {
  const map = istanbul.createCoverageMap();
  for (const name of names) {
    const file = join(REPORTS, name, 'coverage-final.json');
    if (existsSync(file)) map.merge(JSON.parse(readFileSync(file, 'utf8')));
  }
  const result = { passed: 0, failed: 0 };
  for (const [name, { folder }] of workspaces()) {
    const lines = linesOf(map, folder);
    if (lines.total === 0) continue;
    const least = LEAST_PERCENT[name] ?? LEAST_PERCENT.default;
    const percent = (100 * lines.covered) / lines.total;
    const enough = percent >= least;
    result[enough ? 'passed' : 'failed'] += 1;
    process.stdout.write(
      `${enough ? '✔' : '✗'} ${name}: ${percent.toFixed(1)} % of ${
        lines.total
      } lines (at least ${least} %)\n`,
    );
  }
  return result.passed + result.failed > 0 ? result : { passed: 0, failed: 1 };
}

function linesOf(map, folder) {
  const summary = istanbul.createCoverageSummary();
  for (const file of map.files()) {
    const path = relative(ROOT, file).split(sep).join('/');
    if (path.startsWith(`${folder}/`) && !uncounted.test(path)) {
      summary.merge(map.fileCoverageFor(file).toSummary());
    }
  }
  return summary.lines;
}
