import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { eventually, isAlive } from '../__testUtils__/pods-of-a-test';

jest.setTimeout(60_000);

// eslint-disable-next-line no-restricted-syntax -- this package is never built: it only runs from the checkout
const owner = resolve(__dirname, '__testUtils__/guarded-owner.ts');

describe('ProcessGuard', () => {
  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'ends all processes when their owner ends by %s',
    async signal => {
      const loader = require.resolve('@backstage/cli/config/nodeTransform.cjs');
      const child = spawn(process.execPath, ['--require', loader, owner], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let told = '';
      child.stdout.on('data', chunk => (told += chunk));
      await eventually(
        () => told,
        text => text.split('\n').length > 2,
      );
      const pids = told.trim().split(/\s+/).map(Number);
      expect(pids).toHaveLength(3);
      expect(pids.filter(isAlive)).toEqual(pids);
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
      await eventually(
        () => pids.filter(isAlive),
        alive => alive.length === 0,
      );
    },
  );
});
