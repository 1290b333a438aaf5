import { watch } from 'node:fs';
import { join } from 'node:path';
import { startDojo } from '../dojo-process';
import type { DojoExit } from '../dojo-process';
import { kill } from '../process-tree';
import { killAtCall, readCalls } from './kill-at-call';
import type { NthCall } from './kill-at-call';

/** When a command is killed. `whole`: with everything that it started; else what it started lives on. */
export type Kill =
  | {
      readonly kind: 'call';
      readonly call: NthCall;
      readonly when: 'before' | 'after';
    }
  | { readonly kind: 'change'; readonly at: number; readonly whole: boolean }
  | {
      readonly kind: 'time';
      readonly milliseconds: number;
      readonly whole: boolean;
    }
  | { readonly kind: 'never' };

/** A command, where it works and what is its own. */
export interface CommandToKill {
  readonly args: readonly string[];
  /** The folder whose changes and calls count. */
  readonly folder: string;
  /** For its log and temporary files; not in `folder`. */
  readonly home: string;
}

/** How it ended, and what was seen of it meanwhile. */
export interface KilledExit extends DojoExit {
  /** Its file system calls in the folder; none where `kind` is neither call nor never. */
  readonly calls: readonly NthCall[];
  /** Changes that inotify told of. */
  readonly changes: number;
  /** Milliseconds from the start to the first change. */
  readonly firstChange: number;
  /** Milliseconds from the start to the end. */
  readonly duration: number;
}

/** Runs `dojo` and ends it with SIGKILL at a moment; it may be done before. */
export async function runKilled(
  { args, folder, home }: CommandToKill,
  moment: Kill,
): Promise<KilledExit> {
  const log = `${join(home, 'calls')}`;
  const started = performance.now();
  const elapsed = () => performance.now() - started;
  const { pid, ended } = startDojo(args, home, environment(), {
    ownGroup: true,
  });
  const end = () => {
    if (moment.kind === 'call' || moment.kind === 'never') return;
    kill(moment.whole ? -pid : pid);
  };
  let changes = 0;
  let firstChange = 0;
  const watcher = watch(folder, { recursive: true }, () => {
    firstChange ||= elapsed();
    if (moment.kind === 'change' && changes === moment.at) end();
    changes++;
  });
  const timer =
    moment.kind === 'time' ? setTimeout(end, moment.milliseconds) : undefined;
  const exit = await ended;
  clearTimeout(timer);
  watcher.close();
  return {
    ...exit,
    calls: readCalls(log),
    changes,
    firstChange,
    duration: elapsed(),
  };

  function environment(): Readonly<Record<string, string>> {
    switch (moment.kind) {
      case 'call':
        return killAtCall({
          folder,
          log,
          call: { ...moment.call, when: moment.when },
        });
      case 'never':
        return killAtCall({ folder, log });
      default:
        return {};
    }
  }
}
