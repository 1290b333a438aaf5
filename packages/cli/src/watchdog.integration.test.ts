import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const bin = resolve(__dirname, '../bin/dojo');

jest.setTimeout(60_000);

/** What stands still in the child, once it has begun. */
const loops = {
  'a loop': 'for (;;);',
  'a regular expression': "/^(a+)+$/.test('a'.repeat(60) + '!');",
};

/** Between these, what is asked for has to be over; a machine that is busy takes its time. */
const soon = 15_000;

describe('a child of the backend', () => {
  let folder: string;
  const started: number[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-watchdog-'));
  });
  afterEach(() => {
    for (const pid of started.splice(0)) {
      if (isThere(pid)) process.kill(pid, 'SIGKILL');
    }
    rmSync(folder, { recursive: true, force: true });
  });

  /** A module that the child loads first: it says that it stands still, and then does. */
  const writeLoop = (loop: string) => {
    const path = join(folder, 'loop.cjs');
    writeFileSync(
      path,
      `const wait = setInterval(() => {
         if (process.listenerCount('dojo:blocked') === 0) return;
         clearInterval(wait);
         setTimeout(() => {
           require('node:fs').writeFileSync('pid', String(process.pid));
           ${loop}
         }, 500);
       }, 20);`,
    );
    return path;
  };
  const pidOfLoop = async () => {
    for (;;) {
      const written = readIfThere(join(folder, 'pid'));
      if (written !== '') {
        started.push(Number(written));
        return Number(written);
      }
      await setTimeout(50);
    }
  };
  const args = (loop: string) => ['-r', writeLoop(loop), bin, 'run-request'];

  describe.each(Object.entries(loops))('that is in %s', (_, loop) => {
    it('dies of SIGTERM', async () => {
      const child: ChildProcess = spawn(process.execPath, args(loop), {
        cwd: folder,
        stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
      });
      const exit = once(child, 'exit');
      await pidOfLoop();
      // As whoever sends it does: again, where the first one was not heard.
      const sending = setInterval(() => child.kill('SIGTERM'), 500);
      const [code, signal] = await Promise.race([
        exit,
        setTimeout(soon, ['still', 'there']),
      ]);
      clearInterval(sending);
      expect([code, signal]).toEqual([null, 'SIGTERM']);
    });

    it('dies when its parent was killed', async () => {
      const parent = spawn(
        process.execPath,
        [
          '-e',
          `require('node:child_process').spawn(process.execPath, ${JSON.stringify(
            args(loop),
          )}, { stdio: ['pipe', 'ignore', 'ignore', 'ipc'] });
           setInterval(() => {}, 1000);`,
        ],
        { cwd: folder, stdio: 'ignore' },
      );
      const pid = await pidOfLoop();
      parent.kill('SIGKILL');
      await once(parent, 'exit');
      const deadline = performance.now() + soon;
      while (isThere(pid) && performance.now() < deadline) {
        await setTimeout(100);
      }
      expect(isThere(pid)).toBe(false);
    });
  });

  it('hears a signal as before, once it goes on', async () => {
    const child = spawn(
      process.execPath,
      args(
        `const end = Date.now() + 1_500; while (Date.now() < end);
         const caught = setInterval(() => {
           if (process.listenerCount('SIGTERM') === 0) return;
           clearInterval(caught);
           require('node:fs').writeFileSync('caught', '');
         }, 20);`,
      ),
      { cwd: folder, stdio: ['pipe', 'ignore', 'pipe', 'ipc'] },
    );
    const exit = once(child, 'exit');
    await pidOfLoop();
    while (!existsSync(join(folder, 'caught'))) await setTimeout(50);
    child.kill('SIGTERM');
    expect(await exit).toEqual([143, null]);
  });
});

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isThere(pid: number): boolean {
  try {
    // One that nobody has waited for yet is dead all the same.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
