import { spawn } from 'node:child_process';

/** How a child process ended. */
export interface ChildEnd {
  /** 127: it could not be started; 255: a signal ended it. */
  readonly code: number;
  /** The last of it. */
  readonly stderr: string;
}

const mostStderr = 4096;

/**
 * Runs a child process for work on files that this process must not open and close: that would drop DuckDB's lock.
 *
 * @throws the signal's reason where it was aborted.
 */
export function runChild(
  command: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<ChildEnd> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C', NODE_OPTIONS: '' },
    });
    let stderr = '';
    const stop = () => child.kill('SIGKILL');
    signal.addEventListener('abort', stop, { once: true });
    // Absent where it could not be started for want of file descriptors.
    child.stderr?.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-mostStderr);
    });
    const settle = (then: () => void) => {
      signal.removeEventListener('abort', stop);
      then();
    };
    child.on('error', error =>
      settle(() => resolve({ code: 127, stderr: error.message })),
    );
    child.on('close', code =>
      settle(() => {
        if (signal.aborted) reject(signal.reason);
        else resolve({ code: code ?? 255, stderr });
      }),
    );
  });
}
