import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a process has taken until now, in words: `412 MiB at most, 14 s of CPU` (Linux; elsewhere: not known). */
export function costsOf(pid: number): string {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
    const [, after] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = after.split(' ').slice(11, 13).map(Number);
    const perSecond = Number(execFileSync('getconf', ['CLK_TCK']).toString());
    const seconds = (user + system) / perSecond;
    return `${Math.round(peak)} MiB at most, ${Math.round(seconds)} s of CPU`;
  } catch {
    return 'not known here';
  }
}
