import { readdirSync, readFileSync } from 'node:fs';

/** Bytes of memory that a process and all that it started hold. Linux only. */
export function memoryOfTree(pid) {
  return (
    resident(pid) +
    childrenOf(pid).reduce((sum, child) => sum + memoryOfTree(child), 0)
  );
}

function childrenOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap(task =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    return [];
  }
}

function resident(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
