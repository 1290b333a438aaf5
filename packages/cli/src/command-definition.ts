import type { Command } from 'commander';
import type { CommandContext } from './command-context';

/** One command of `dojo`, as the program takes it up. */
export interface CommandDefinition {
  /** Makes it for one run. @param exit takes the exit code. */
  readonly make: (
    context: CommandContext,
    exit: (code: number) => void,
  ) => Command;
  /** What is left where it was stopped before its end, as a clause: `everything is as it was`. */
  readonly whenStopped: string;
  /** Whether programs alone start it: the help does not list it, and it answers in JSON without being asked; default false. */
  readonly isForPrograms?: boolean;
}
