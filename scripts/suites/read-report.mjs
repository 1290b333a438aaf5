import { readFileSync } from 'node:fs';
import { say } from './run-command.mjs';

/**
 * What a runner's own JSON report says by `count`. A report that is missing, tells of no test, or contradicts how the
 * runner ended is one failure more.
 */
export function readReport(path, endedWell, count) {
  let counted = { passed: 0, failed: 0 };
  try {
    counted = count(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    say(`✗ no report of the tests: ${error.message}\n`);
  }
  const { passed, failed } = counted;
  const silent = passed + failed === 0 || (failed === 0 && !endedWell);
  return { passed, failed: failed + (silent ? 1 : 0) };
}
