import { hostname } from 'node:os';

const maxHostLength = 63;

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
