import { constants, tmpdir } from 'node:os';
import type { Writable } from 'node:stream';
import { openDuckdbAhead } from 'dojo-portal-core';
import { ignoreClosedPipe } from './ignore-closed-pipe';
import { run } from './run';

const ledgerCommands = new Set(['migrate', 'rebuild-caches', 'restore']);

/** The `dojo` command in this process; exits with its code, or with 128 + n where signal n ended it. */
export async function main(
  args: readonly string[],
  options: { readonly cwd: string },
): Promise<void> {
  if (ledgerCommands.has(args[0])) openDuckdbAhead();
  const controller = new AbortController();
  let caught: 'SIGINT' | 'SIGTERM' | undefined;
  const stop = (name: 'SIGINT' | 'SIGTERM') => {
    caught ??= name;
    controller.abort(new Error(`${name} received`));
  };
  ignoreClosedPipe(process.stdout);
  ignoreClosedPipe(process.stderr);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  // The portal's backend starts the command over an IPC channel: nobody would learn of what is done after its death.
  process.once('disconnect', () => stop('SIGTERM'));
  if (process.connected === false) stop('SIGTERM');
  process.channel?.unref();
  const code = await run(args, {
    env: process.env,
    cwd: options.cwd,
    // Made with its first use: a pipe that nobody reads costs its part of a start.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    isTerminal: process.stderr.isTTY && process.env.TERM !== 'dumb',
    signal: controller.signal,
    endsProcess: true,
    temporaryRoot: tmpdir(),
  });
  await Promise.all([written(process.stdout), written(process.stderr)]);
  process.exit(caught ? 128 + constants.signals[caught] : code);
}

/** A pipe may still have to take what was written to it. */
async function written(stream: Writable): Promise<void> {
  if (stream.writableLength === 0) return;
  await new Promise<void>(resolve => {
    stream.write('', () => resolve());
  });
}
