import {
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * Takes the folder with the portal's data for this process alone: two backends on one database would lose writes.
 * Throws where another running process has it. With `reset` everything in it is removed.
 */
export function takeDataFolder(folder, { reset }) {
  mkdirSync(folder, { recursive: true });
  const pidFile = join(folder, 'portal.pid');
  const holder = readHolder(pidFile);
  if (holder) {
    throw new Error(
      `a portal runs on ${folder} already (process ${holder}): stop it first, or remove ${pidFile} if that is another program`,
    );
  }
  if (reset) {
    for (const entry of readdirSync(folder)) {
      rmSync(join(folder, entry), { recursive: true, force: true });
    }
  }
  rmSync(pidFile, { force: true });
  writeFileSync(pidFile, String(process.pid), { flag: 'wx' });
  process.once('exit', () => rmSync(pidFile, { force: true }));
}

function readHolder(pidFile) {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}
