import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPORTS } from './jest-suite.mjs';
import { runCommand } from './run-command.mjs';

/**
 * Runs the tests of scripts/ that the patterns name with Node's own runner, and counts them from its TAP summary.
 *
 * @param name - of its report.
 */
export async function scriptSuite(name, ...patterns) {
  const report = join(REPORTS, `${name}.tap`);
  mkdirSync(REPORTS, { recursive: true });
  const ended = await runCommand(process.execPath, [
    '--test',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${report}`,
    ...patterns,
  ]);
  const tap = readFileSync(report, 'utf8');
  const number = field =>
    Number(tap.match(new RegExp(`^# ${field} (\\d+)$`, 'm'))?.[1] ?? 0);
  const passed = number('pass');
  const failed = number('fail') + number('skipped') + number('todo');
  return { passed, failed: failed === 0 && (!ended || !passed) ? 1 : failed };
}
