import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failureOf } from '../../http/__testUtils__/failure-of';
import { runGit } from './run-git';
import type { GitCommand } from './run-git';

jest.setTimeout(60_000);

describe('runGit', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'dojo-run-git-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  const run = (args: readonly string[], more: Partial<GitCommand> = {}) =>
    runGit({
      args,
      directory,
      display: 'ledger',
      signal: new AbortController().signal,
      ...more,
    });
  // An alias that waits: the one command of git that takes as long as a test likes.
  const waiting: Partial<GitCommand> = {
    config: new Map([['alias.wait', '!sleep 60']]),
  };

  it('gives what git wrote, and its code as it is', async () => {
    expect((await run(['--version'])).stdout.toString()).toMatch(
      /^git version/,
    );
    expect(await run(['rev-parse', 'HEAD'])).toMatchObject({
      code: 128,
      stderr: expect.stringContaining('not a git repository'),
    });
  });

  it('ends a process that takes too long, with all that it started', async () => {
    const failure = await failureOf(
      run(['wait'], { ...waiting, deadline: 200 }),
    );
    expect(failure).toMatchObject({
      code: 'GIT_DEADLINE',
      message: 'git wait of ledger took longer than 0 s and was stopped',
    });
  });

  it('ends it when it is aborted, and starts none after that', async () => {
    const abort = new AbortController();
    const running = run(['wait'], { ...waiting, signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await expect(run(['--version'], { signal: abort.signal })).rejects.toThrow(
      'enough',
    );
  });

  it('stops reading what is too large', async () => {
    await expect(
      failureOf(run(['help', '-a'], { maxOutput: 10 })),
    ).resolves.toMatchObject({
      code: 'GIT_OUTPUT_TOO_LARGE',
      hint: expect.stringContaining('Delete branches and tags'),
    });
  });
});
