import type { Writable } from 'node:stream';
import type { ChildNotice } from 'backstage-plugin-dojo-common';

/** What a command may touch of the process that it runs in. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly cwd: string;
  readonly stdin: AsyncIterable<Buffer | string>;
  /** The answer: a report, or JSON. */
  readonly stdout: Writable;
  /** Log lines and errors. */
  readonly stderr: Writable;
  /** Tells the process that started this one, over their channel; absent: there is no channel. */
  readonly notify?: (notice: ChildNotice) => void;
  /** Whether stderr is a terminal that obeys: progress is shown there. */
  readonly isTerminal: boolean;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** Folder for temporary repositories. */
  readonly temporaryRoot: string;
}
