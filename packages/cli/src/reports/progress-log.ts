import type { Writable } from 'node:stream';
import { formatDuration } from './format-duration';
import { terminalText } from './terminal-text';

const tick = 1_000;
/** Erases the line that the cursor is in, and goes to its begin (ECMA-48 EL). */
const eraseLine = '\r\u001b[2K';

/** Options of {@link ProgressLog}. */
export interface ProgressLogOptions {
  /** Whether `stream` is a terminal that obeys; default false: lines only. */
  readonly isTerminal?: boolean;
  /** Milliseconds; default: the process's own. */
  readonly now?: () => number;
}

/** Log lines; on a terminal with the time since the last one beneath, so that a long step is seen to go on. */
export class ProgressLog {
  readonly #stream: Writable;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout | undefined;
  #since: number;
  #isTicking = false;

  constructor(stream: Writable, options: ProgressLogOptions = {}) {
    const { isTerminal = false, now = () => performance.now() } = options;
    this.#stream = stream;
    this.#now = now;
    this.#since = now();
    this.#timer = isTerminal
      ? setInterval(() => this.#show(), tick).unref()
      : undefined;
  }

  /** Writes a line. */
  log(line: string): void {
    this.#erase();
    this.#stream.write(terminalText(`${line}\n`));
    this.#since = this.#now();
  }

  /** Leaves nothing but the lines. */
  close(): void {
    clearInterval(this.#timer);
    this.#erase();
  }

  #show(): void {
    const elapsed = this.#now() - this.#since;
    if (elapsed < tick) return;
    this.#stream.write(`${eraseLine}  … ${formatDuration(elapsed)}`);
    this.#isTicking = true;
  }

  #erase(): void {
    if (this.#isTicking) this.#stream.write(eraseLine);
    this.#isTicking = false;
  }
}
