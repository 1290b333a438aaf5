/**
 * Prints the path of the CNCF distribution registry that the tests start: `registry` from PATH (Nix shell) if it is that
 * one, else tools/testbed built once by Go.
 */
import { spawnSync } from 'node:child_process';
import { buildOnce } from './go/build-once.mjs';

function isDistribution(command) {
  const { stdout = '' } = spawnSync(command, ['--version'], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  return /distribution\/distribution/.test(stdout ?? '');
}

try {
  const binary = isDistribution('registry')
    ? 'registry'
    : await buildOnce('testbed', 'registry', {
        says: 'Building the test registry from tools/testbed (once, 40 s to 2 min) …',
        missing:
          'The tests need the CNCF distribution registry: put `registry` on PATH, or install Go 1.26 or newer (https://go.dev/doc/install) and it is built from tools/testbed.',
      });
  process.stdout.write(`${binary}\n`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
