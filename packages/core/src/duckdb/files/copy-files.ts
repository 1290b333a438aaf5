import { duckdbErrors } from '../duckdb-errors';
import { isDiskFull } from '../engine/parse-duckdb-failure';
import { toPrintable } from '../../text/to-printable';
import { runChild } from '../run-child';
import type { ChildEnd } from '../run-child';

/** For systems whose `cp` knows no reflinks. Arguments: the folder, then the files. */
const nodeCopy = `
const fs = require('node:fs');
const path = require('node:path');
const [folder, ...files] = process.argv.slice(1);
const copy = file => {
  const target = path.join(folder, path.basename(file));
  fs.copyFileSync(file, target, fs.constants.COPYFILE_FICLONE);
  const { mode, uid, gid, atime, mtime } = fs.statSync(file);
  try { fs.chownSync(target, uid, gid); } catch {}
  fs.chmodSync(target, mode & 0o7777);
  fs.utimesSync(target, atime, mtime);
};
try {
  files.forEach(copy);
} catch ({ message }) {
  process.stderr.write(message);
  process.exitCode = 1;
}`;

/**
 * Copies files into a folder, with mode, owner and times, sharing blocks where the file system can. A child process
 * does it: an open and close here would drop the lock on the database.
 *
 * @throws DojoError DATABASE_SPACE_RAN_OUT, DATABASE_COPY_FAILED; the signal's reason where it was aborted.
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

function ensureSpace({ stderr }: ChildEnd, database: string): void {
  if (isDiskFull(stderr)) throw duckdbErrors.spaceRanOut(database);
}
