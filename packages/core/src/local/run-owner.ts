import { readFile, rename, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const maxHostLength = 63;
const ownerFile = '.owner';
/** Of the fields of /proc/<pid>/stat after the command's name: when it began, in ticks since the system did. */
const startField = 19;

/**
 * Who makes a temporary thing, as a part of its name: `<host>-<pid>`. Process ids mean something on one host only, and a
 * folder may be shared by several.
 */
export function ownerMark(): string {
  return `${hostMark()}-${process.pid}`;
}

/** This host in letters and digits. */
export function hostMark(): string {
  return (
    hostname()
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, maxHostLength) || 'host'
  );
}

/** Whether a process of this host lives, also one of another user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * Notes in a folder when this process began. In a container a process id comes again with each start: by its name alone,
 * a folder of the one before would be taken for that of a living process.
 */
export async function noteOwner(folder: string): Promise<void> {
  const start = await startOf(process.pid);
  if (start === undefined) return;
  // All of it at once: whoever reads the half of it takes this process for a dead one, and removes the folder.
  const draft = join(folder, `${ownerFile}.draft`);
  await writeFile(draft, start);
  await rename(draft, join(folder, ownerFile));
}

/**
 * Whether the process that made a folder lives.
 *
 * @param pid as the folder's name has it.
 */
export async function isOwnerAlive(
  folder: string,
  pid: number,
): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const [noted, now] = await Promise.all([
    // Of an older release, or made just now.
    readFile(join(folder, ownerFile), 'utf8').catch(() => undefined),
    startOf(pid),
  ]);
  return noted === undefined || now === undefined || noted === now;
}

/** What tells a process from any other that has its id, before or after it; undefined: the system does not tell. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const [boot, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ]);
    // The name may hold anything, blanks and parentheses too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${boot.trim()} ${fields[startField]}`;
  } catch {
    return undefined;
  }
}
