import { readdirSync, readFileSync } from 'node:fs';

/**
 * The processes that one started, theirs included, as Linux tells them.
 *
 * @returns none on other systems, and of a process that is gone.
 */
export function descendantsOf(pid: number): number[] {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap(descendantsOf)];
}

function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`;
  try {
    return readdirSync(tasks).flatMap(task =>
      readFileSync(`${tasks}/${task}/children`, 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    // Gone by now, or no Linux.
    return [];
  }
}

/** Bytes of memory that a process holds; 0 where it is gone, and on systems that do not tell. */
export function residentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
