import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { descendantsOf, isAlive } from '../process-tree';
import { untilTrue } from './__testUtils__/until-true';

jest.setTimeout(120_000);

// eslint-disable-next-line no-restricted-syntax -- this package is never built: it only runs from the checkout
const script = resolve(__dirname, '__testUtils__/own-cluster.cjs');

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'owner-'));
});
afterEach(() => rmSync(temporary, { recursive: true }));

function startOwner(): ChildProcess {
  return spawn(process.execPath, [script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Jest's own would have it load nothing.
    env: { PATH: process.env.PATH, TMPDIR: temporary },
  });
}

/** Its folders of clusters; what other programs keep there is theirs. */
const folders = () =>
  readdirSync(temporary).filter(name => name.startsWith('dojo-cluster-'));

describe('startCluster', () => {
  describe.each(['SIGKILL', 'SIGTERM'] as const)(
    'when its owner ends by %s',
    signal => {
      it('leaves no process and no file', async () => {
        const owner = startOwner();
        await once(owner.stdout!, 'data');
        const started = descendantsOf(owner.pid!).filter(isAlive);
        // Both guards, etcd, the API server, the controllers and the scheduler.
        expect(started).toHaveLength(6);
        expect(folders()).toHaveLength(1);

        owner.kill(signal);
        await once(owner, 'exit');
        await untilTrue(() => !started.some(isAlive));
        await untilTrue(() => folders().length === 0);
      });
    },
  );

  describe('when its owner is killed while the API server starts', () => {
    it('leaves no process and no file', async () => {
      const owner = startOwner();
      await untilTrue(
        () =>
          folders().length === 1 &&
          existsSync(join(temporary, folders()[0], 'kube-apiserver.log')),
      );
      const started = descendantsOf(owner.pid!).filter(isAlive);
      expect(started.length).toBeGreaterThanOrEqual(2);

      owner.kill('SIGKILL');
      await untilTrue(() => !started.some(isAlive));
      await untilTrue(() => folders().length === 0);
    });
  });
});
