import { constants, tmpdir } from 'node:os';
import type { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { ChildNotice } from 'backstage-plugin-dojo-common';
import { openDuckdbAhead } from 'dojo-portal-core/migrate';
import { exitCodes } from './exit-code';
import { ignoreClosedPipe } from './ignore-closed-pipe';
import { run } from './run';
import { startWatchdog } from './watchdog';
import type { Watchdog } from './watchdog';

const databaseCommands = new Set(['migrate', 'rebuild-caches', 'restore']);

/** The `dojo` command in this process; exits with its code, or with 128 + n where signal n ended it. */
export async function main(
  args: readonly string[],
  options: { readonly cwd: string },
): Promise<void> {
  if (opensDatabase(args)) openDuckdbAhead();
  const controller = new AbortController();
  let caught: 'SIGINT' | 'SIGTERM' | undefined;
  let watchdog: Watchdog | undefined;
  const stop = (name: 'SIGINT' | 'SIGTERM') => {
    caught ??= name;
    watchdog?.askedToEnd();
    controller.abort(new Error(`${name} received`));
  };
  const signals = {
    catch: () => process.once('SIGINT', stop).once('SIGTERM', stop),
    letGo: () => process.off('SIGINT', stop).off('SIGTERM', stop),
  };
  let lost: Error | undefined;
  ignoreClosedPipe(process.stdout, error => {
    lost ??= error;
  });
  // Of a log line that is lost there is nowhere to tell.
  ignoreClosedPipe(process.stderr, () => undefined);
  signals.catch();
  // The portal's backend starts the command over an IPC channel: nobody would learn of what is done after its death.
  process.once('disconnect', () => stop('SIGTERM'));
  if (process.connected === false) stop('SIGTERM');
  else if (process.connected) {
    watchdog = startWatchdog({
      parent: process.ppid,
      letGo: signals.letGo,
      catchAgain: () => {
        if (caught === undefined) signals.catch();
      },
    });
  }
  process.channel?.unref();
  const channel = notifications();
  const code = await run(args, {
    env: process.env,
    cwd: options.cwd,
    // Made with its first use: a pipe that nobody reads costs its part of a start.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    ...(channel && { notify: channel.notify }),
    isTerminal: process.stderr.isTTY && process.env.TERM !== 'dumb',
    signal: controller.signal,
    temporaryRoot: tmpdir(),
  });
  await Promise.all([
    written(process.stdout),
    written(process.stderr),
    channel?.sent(),
  ]);
  process.exit(caught ? 128 + constants.signals[caught] : codeOf(code, lost));
}

/** A request says its kind beside the command too, so that only one about a database pays for the engine. */
function opensDatabase([command, kind]: readonly string[]): boolean {
  return (
    databaseCommands.has(command) ||
    (command === 'run-request' && kind === 'migration')
  );
}

/** The channel to the process that started this one; undefined: it has none. */
function notifications() {
  const send = process.send?.bind(process);
  if (send === undefined) return undefined;
  const sending: Promise<void>[] = [];
  return {
    notify: (notice: ChildNotice) => {
      sending.push(
        // Whether anybody takes it is no matter of what is done: the answer has it too.
        new Promise(resolve => send(notice, () => resolve())),
      );
    },
    /** When all of them are on their way: what ends before loses them. */
    sent: () => Promise.all(sending),
  };
}

/** Whoever asked for an answer must not take an empty file for one. */
function codeOf(code: number, lost: Error | undefined): number {
  if (lost === undefined) return code;
  process.stderr.write(`the answer could not be written: ${lost.message}\n`);
  return code || exitCodes.unexpected;
}

/** A pipe may still have to take what was written to it. */
async function written(stream: Writable): Promise<void> {
  // A failure is told a tick after it.
  if (stream.writableLength === 0) await setImmediate();
  else await new Promise<void>(resolve => stream.write('', () => resolve()));
}
