import { nothingToMigrate } from 'backstage-plugin-dojo-common/testUtils';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChildRequest,
  migrationResultSchema,
  Outcome,
} from 'backstage-plugin-dojo-common';
import fc from 'fast-check';
import { until } from '../__testUtils__/until';
import {
  arbitraryChoices,
  arbitraryPlaces,
} from '../migration/__testUtils__/choices';
import { toMigrationChildRequest } from '../migration/toMigrationChildRequest';
import { DojoCommandRun, runDojoCommand } from './runDojoCommand';

const result = nothingToMigrate();

const request: ChildRequest = {
  kind: 'migration',
  mode: 'run',
  request: {
    operation: 'restore',
    order: 'file',
    keepBackups: 3,
    skipCacheRebuild: false,
    storageVersion: 'v1.0.0',
    backup: 'latest',
    database: '/databases/ -x "é".duckdb',
  },
};

describe('runDojoCommand', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dojo-command-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs a script in the command's place. */
  const run = (
    script: string,
    options: Partial<DojoCommandRun<typeof migrationResultSchema>> = {},
  ) => {
    const command = join(folder, 'command.js');
    writeFileSync(command, script);
    return runDojoCommand({
      command,
      request,
      result: migrationResultSchema,
      folder,
      signal: new AbortController().signal,
      log: () => {},
      what: 'a plan of ledger',
      whenLost: 'Plan again.',
      ...options,
    });
  };
  const answer = (value: unknown) =>
    `process.stdout.write(${JSON.stringify(JSON.stringify(value))});`;
  const isThere = (name: string) => {
    try {
      return readFileSync(join(folder, name), 'utf8');
    } catch {
      return undefined;
    }
  };

  it('returns the answer, and logs the lines of standard error as they come', async () => {
    const log: string[] = [];
    await expect(
      run(
        `process.stderr.write('0001_a: 1 statement\\n\\n0002'); process.stderr.write('_b\\n');${answer(
          result,
        )}`,
        { log: line => log.push(line) },
      ),
    ).resolves.toEqual(result);
    expect(log).toEqual(['0001_a: 1 statement', '0002_b']);
  });

  it('gives the command nothing of its own environment', async () => {
    process.env.DOJO_TEST_SECRET = 'hunter2';
    await run(
      `require('fs').writeFileSync('seen', JSON.stringify([process.env, process.argv.slice(2), process.cwd()]));${answer(
        result,
      )}`,
    );
    delete process.env.DOJO_TEST_SECRET;
    const [env, args, cwd] = JSON.parse(isThere('seen')!);
    expect(Object.keys(env).sort()).toEqual(
      ['HOME', 'PATH', 'TMPDIR'].filter(
        name => name === 'TMPDIR' || process.env[name] !== undefined,
      ),
    );
    expect([env.TMPDIR, args, cwd]).toEqual([
      folder,
      ['run-request', 'migration'],
      folder,
    ]);
  });

  it('gives it the request as it is, on its standard input', async () => {
    const script = `require('fs').writeFileSync('seen', require('fs').readFileSync(0));${answer(
      result,
    )}`;
    await fc.assert(
      fc.asyncProperty(
        arbitraryPlaces,
        arbitraryChoices,
        async (places, choices) => {
          const sent = toMigrationChildRequest(places, choices);
          await run(script, { request: sent });
          expect(JSON.parse(isThere('seen')!)).toEqual(sent);
        },
      ),
      { seed: 20261122, numRuns: 15 },
    );
  });

  it('tells outcomes as they come, up to the last one, and nothing else that is sent', async () => {
    const done: Outcome = { kind: 'done', key: 'backup' };
    const waiting: Outcome = { kind: 'waiting', key: 'database', detail: 'x' };
    const sent = [
      { outcome: done },
      'done',
      { outcome: { kind: 'maybe', key: 'x' } },
      { log: 'x' },
      null,
      { outcome: waiting },
    ];
    const outcomes: Outcome[] = [];
    await run(
      `${answer(result)}
       for (const each of ${JSON.stringify(sent)}) process.send(each);`,
      { onOutcome: outcome => outcomes.push(outcome) },
    );
    expect(outcomes).toEqual([done, waiting]);
  });

  it('goes on without the reader of its request', async () => {
    const long = { ...request, migrations: 'x'.repeat(1024 * 1024) };
    await expect(
      run(`require('fs').closeSync(0);${answer(result)}`, { request: long }),
    ).resolves.toEqual(result);
  });

  it('throws the error that the command answers with', async () => {
    const error = {
      code: 'MIGRATE_GAP',
      kind: 'refused',
      message: '0002 is missing',
      hint: 'Add it.',
    };
    const script = `${answer({ error })} process.exitCode = 3;`;
    const thrown = await run(script).catch(caught => caught);
    expect(thrown.toJSON()).toEqual(error);
  });

  it.each([
    ["console.error('boom'); process.exit(1)", 'with code 1', ': boom'],
    ["process.stdout.write('{')", 'with code 0', ''],
    [answer({ ...result, outcome: 'maybe' }), 'with code 0', ''],
    ["process.kill(process.pid, 'SIGKILL')", 'by SIGKILL', ''],
  ])('says that there is no answer of %j', async (script, how, said) => {
    await expect(run(script)).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      kind: 'unavailable',
      message: `the dojo command ended ${how} without an answer${said}`,
      hint: 'Plan again.',
    });
  });

  describe('when it takes too much', () => {
    it('stops one that holds more memory than it may, with what it started', async () => {
      const hog =
        'const kept = []; setInterval(() => kept.push(Buffer.alloc(8e6, 1)), 5)';
      const started = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(
        hog,
      )}], { detached: true, stdio: 'ignore' });
        setInterval(() => {}, 1000);`;
      await expect(
        run(started, { maxMemoryBytes: 256 * 1024 * 1024 }),
      ).rejects.toMatchObject({
        code: 'COMMAND_MEMORY_EXCEEDED',
        kind: 'refused',
        message:
          'a plan of ledger needed more than 256 MiB of memory and was stopped',
        hint: expect.stringContaining('Plan again.'),
      });
    });

    it('stops one whose answer has no end', async () => {
      await expect(
        run(
          "const write = () => process.stdout.write('x'.repeat(1e6), write); write();",
        ),
      ).rejects.toMatchObject({
        code: 'COMMAND_ANSWER_TOO_LARGE',
        message: 'a plan of ledger answered more than 32 MiB and was stopped',
      });
    });

    it('stops one that logs without end', async () => {
      await expect(
        run(
          "const write = () => process.stderr.write('x'.repeat(1e6), write); write();",
        ),
      ).rejects.toMatchObject({ code: 'COMMAND_ANSWER_TOO_LARGE' });
    });
  });

  describe('when aborted', () => {
    it('ends the command, and throws the reason', async () => {
      const abort = new AbortController();
      const running = run(
        `process.once('SIGTERM', () => { require('fs').writeFileSync('told', ''); process.exit(143); });
         require('fs').writeFileSync('up', ''); setInterval(() => {}, 1000);`,
        { signal: abort.signal },
      ).catch(error => error);
      await until('it is up', () => isThere('up') !== undefined);
      abort.abort(new Error('cancelled'));
      await expect(running).resolves.toMatchObject({ message: 'cancelled' });
      expect(isThere('told')).toBe('');
    });

    it('kills one that does not end, and all that it started', async () => {
      const abort = new AbortController();
      const child = "process.on('SIGTERM', () => {}); setInterval(() => {}, 9)";
      const running = run(
        `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);
         const { pid } = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(
           child,
         )}], { stdio: 'inherit' });
         require('fs').writeFileSync('up', String(pid));`,
        { signal: abort.signal, grace: 200 },
      ).catch(error => error);
      await until('it is up', () => Boolean(isThere('up')));
      abort.abort(new Error('cancelled'));
      await expect(running).resolves.toMatchObject({ message: 'cancelled' });
      const pid = Number(isThere('up'));
      await until('the child is gone', () => {
        try {
          return !process.kill(pid, 0);
        } catch {
          return true;
        }
      });
    });

    it('tells the result all the same of what was done already', async () => {
      const abort = new AbortController();
      const running = run(
        `process.once('SIGTERM', () => { ${answer(result)} process.exit(0); });
         require('fs').writeFileSync('up', ''); setInterval(() => {}, 1000);`,
        { signal: abort.signal },
      );
      await until('it is up', () => isThere('up') !== undefined);
      abort.abort(new Error('too late'));
      await expect(running).resolves.toEqual(result);
    });

    it('starts nothing that was aborted before', async () => {
      const signal = AbortSignal.abort(new Error('never'));
      const script = "require('fs').writeFileSync('up', '')";
      await expect(run(script, { signal })).rejects.toThrow('never');
      expect(isThere('up')).toBeUndefined();
    });
  });
});
