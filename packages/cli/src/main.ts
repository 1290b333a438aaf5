import { constants, tmpdir } from 'node:os';
import { ignoreClosedPipe } from './ignore-closed-pipe';
import { run } from './run';

/** The `dojo` command in this process; exits with its code, or with 128 + n where signal n ended it. */
export async function main(
  args: readonly string[],
  options: { readonly cwd: string },
): Promise<void> {
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
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    isTerminal: process.stderr.isTTY && process.env.TERM !== 'dumb',
    signal: controller.signal,
    temporaryRoot: tmpdir(),
  });
  process.exitCode = caught ? 128 + constants.signals[caught] : code;
}
