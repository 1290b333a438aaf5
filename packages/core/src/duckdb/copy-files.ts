import { spawn } from 'node:child_process';
import { duckdbErrors } from './duckdb-errors';
import { toPrintable } from '../http/to-printable';

/** How the child process ended. */
interface ChildEnd {
  readonly code: number;
  readonly stderr: string;
}

/** For systems whose `cp` knows no reflinks. Arguments: the folder, then the files. */
const nodeCopy = `
const fs = require('node:fs');
const path = require('node:path');
const [folder, ...files] = process.argv.slice(1);
for (const file of files) {
  const target = path.join(folder, path.basename(file));
  fs.copyFileSync(file, target, fs.constants.COPYFILE_FICLONE);
  const { mode, uid, gid, atime, mtime } = fs.statSync(file);
  try { fs.chownSync(target, uid, gid); } catch {}
  fs.chmodSync(target, mode & 0o7777);
  fs.utimesSync(target, atime, mtime);
}`;

/**
 * Copies files into a folder, with mode, owner and times, sharing blocks where the file system can. A child process
 * does it: an open and close here would drop the lock on the ledger.
 *
 * @throws DojoError LEDGER_SPACE_RAN_OUT, LEDGER_COPY_FAILED; the signal's reason where it was aborted.
 */
export async function copyFiles(
  files: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const quick = await runChild(
    'cp',
    ['--reflink=auto', '-p', '--', ...files, folder],
    signal,
  );
  if (quick.code === 0) return;
  ensureSpace(quick, files[0]);
  const sure = await runChild(
    process.execPath,
    ['-e', nodeCopy, '--', folder, ...files],
    signal,
  );
  if (sure.code === 0) return;
  ensureSpace(sure, files[0]);
  throw duckdbErrors.copyFailed(
    files[0],
    toPrintable(sure.stderr) || `exit code ${sure.code}`,
  );
}

function ensureSpace({ stderr }: ChildEnd, ledger: string): void {
  if (/No space left on device|ENOSPC|EDQUOT|quota/i.test(stderr)) {
    throw duckdbErrors.spaceRanOut(ledger);
  }
}

const mostStderr = 4096;

function runChild(
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
    child.stderr.on('data', (chunk: Buffer) => {
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
