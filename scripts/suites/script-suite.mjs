import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPORTS } from './jest-suite.mjs';
import { runCommand } from './run-command.mjs';

/** Runs the tests of scripts/, which Node's own runner runs; its TAP summary is counted. */
export async function scriptSuite() {
  const report = join(REPORTS, 'scripts.tap');
  mkdirSync(REPORTS, { recursive: true });
  const ended = await runCommand(process.execPath, [
    '--test',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${report}`,
    'scripts/**/*.test.mjs',
  ]);
  const tap = readFileSync(report, 'utf8');
  const number = name =>
    Number(tap.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1] ?? 0);
  const passed = number('pass');
  const failed = number('fail') + number('skipped') + number('todo');
  return { passed, failed: failed === 0 && (!ended || !passed) ? 1 : failed };
}
