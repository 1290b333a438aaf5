import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { endGroup, runProcess, spawnInGroup } from './run-process';
import type { ProcessToRun } from './run-process';

jest.mock('node:child_process', () => {
  const real = jest.requireActual('node:child_process');
  return { ...real, spawn: jest.fn(real.spawn) };
});
jest.setTimeout(60_000);

/** Runs a program of Node's, which has a second one of its own: `child`, that ends by itself after a minute. */
const script = `
const { spawn } = require('node:child_process');
const lives = 'setTimeout(() => {}, 60_000)';
const start = (options = {}, code = lives) =>
  spawn(process.execPath, ['-e', code], { stdio: 'inherit', ...options });
`;
const run = (code: string, more: Partial<ProcessToRun> = {}) =>
  runProcess({
    command: process.execPath,
    args: ['-e', script + code],
    env: process.env,
    maxOutput: 1_000,
    signal: new AbortController().signal,
    ...more,
  });
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
/** A process that was killed is there until its parent, or the machine, has taken note. */
const dies = async (pid: number) => {
  const deadline = Date.now() + 20_000;
  while (isAlive(pid) && Date.now() < deadline) {
    await new Promise(resolve => setImmediate(resolve));
  }
  return !isAlive(pid);
};

describe('runProcess', () => {
  it('gives what it wrote, and its code as it is', async () => {
    const end = await run(
      "process.stdout.write('out'); process.stderr.write('err'); process.exitCode = 7",
    );
    expect(end).toEqual({
      kind: 'exited',
      code: 7,
      stdout: Buffer.from('out'),
      stderr: 'err',
    });
  });

  it('reads no output where none is kept', async () => {
    const { stdout } = (await run("process.stdout.write('x'.repeat(1e6))", {
      maxOutput: undefined,
    })) as { stdout: Buffer };
    expect(stdout).toHaveLength(0);
  });

  it('gives the process the environment it is given, and no other', async () => {
    const { stdout } = (await run(
      'process.stdout.write(JSON.stringify(Object.keys(process.env)))',
      { env: { ONLY: 'this' } },
    )) as { stdout: Buffer };
    expect(JSON.parse(stdout.toString())).toEqual(['ONLY']);
  });

  it('says that there is no such program', async () => {
    expect(await run('', { command: 'no-such-program' })).toMatchObject({
      kind: 'not-started',
      error: { code: 'ENOENT' },
    });
  });

  it('says that the machine had no room for it', async () => {
    // Without file descriptors Node gives it no streams, and the error a tick later.
    const child = new EventEmitter();
    jest.mocked(spawn).mockReturnValueOnce(child as ReturnType<typeof spawn>);
    const error = new Error('spawn cp EMFILE');
    process.nextTick(() => child.emit('error', error));
    expect(await run('')).toEqual({ kind: 'not-started', error });
  });

  it('stops one that writes too much', async () => {
    expect(
      await run("setInterval(() => process.stdout.write('x'.repeat(500)), 1)"),
    ).toEqual({ kind: 'too-much-output' });
  });

  it('stops one that takes too long, with what it started and what does not listen', async () => {
    const started: number[] = [];
    jest.mocked(spawn).mockImplementationOnce((...args) => {
      const child = jest
        .requireActual('node:child_process')
        .spawn(...args) as ReturnType<typeof spawn>;
      child.stderr!.on('data', (chunk: Buffer) =>
        started.push(...chunk.toString().trim().split('\n').map(Number)),
      );
      return child;
    });
    const deaf = 'trap "" TERM; echo $$ >&2; sleep 60 & echo $! >&2; wait';
    const end = await run('', {
      command: 'sh',
      args: ['-c', deaf],
      deadline: 5_000,
      grace: 200,
    });
    expect(end).toEqual({ kind: 'too-slow' });
    expect(started).toHaveLength(2);
    for (const pid of started) expect(await dies(pid)).toBe(true);
  });

  it('settles though somebody outside of the group holds its pipes', async () => {
    const end = await run(
      'const away = start({ detached: true }); away.unref(); console.log(away.pid); process.exit(3)',
    );
    expect(end).toMatchObject({ kind: 'exited', code: 3 });
    const pid = Number((end as { stdout: Buffer }).stdout.toString());
    expect(isAlive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });

  it('ends what it left in its group', async () => {
    const end = await run('console.log(start().pid); process.exit(0)');
    const pid = Number((end as { stdout: Buffer }).stdout.toString());
    expect(await dies(pid)).toBe(true);
  });

  it('ends it when it is aborted, and starts none after that', async () => {
    const abort = new AbortController();
    const running = run('start()', { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await expect(run('', { signal: abort.signal })).rejects.toThrow('enough');
  });
});

describe('endGroup', () => {
  it('does nothing to a process that has ended', async () => {
    const child = spawnInGroup({
      command: process.execPath,
      args: ['-e', ''],
      env: process.env,
    });
    await new Promise(resolve => child.once('close', resolve));
    expect(() => endGroup(child, 10)).not.toThrow();
  });
});
