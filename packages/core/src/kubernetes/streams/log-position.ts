/** How the lines of a log begin that is asked for with `timestamps`: RFC 3339 with up to nine digits of a fraction. */
const stamp =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d) ?/;

/** A line of a log without its time. */
export interface StampedLine {
  /** Epoch seconds; absent: the line has no time, as what a kubelet says itself. */
  readonly second?: number;
  readonly text: string;
}

/** A line of a log that was asked for with `timestamps`. */
export function parseStampedLine(line: string): StampedLine {
  const found = stamp.exec(line);
  const time = found === null ? NaN : Date.parse(`${found[1]}${found[2]}`);
  if (found === null || Number.isNaN(time)) return { text: line };
  return { second: time / 1_000, text: line.slice(found[0].length) };
}

/**
 * Where in a log a reader is, so that it can go on without a line twice. A log is resumed from a whole second (`sinceTime`
 * has no finer grain at the kubelet), and lines of that second come again: they are a prefix of what comes, and counted.
 */
export class LogPosition {
  #second: number | undefined;
  #delivered = 0;
  #toSkip = 0;

  /** `sinceTime` for the next request; undefined: from the beginning. */
  get sinceTime(): string | undefined {
    return this.#second === undefined
      ? undefined
      : new Date(this.#second * 1_000).toISOString().replace('.000Z', 'Z');
  }

  /** The log is read again, from {@link sinceTime} on. */
  resume(): void {
    this.#toSkip = this.#delivered;
  }

  /** The text of a line that was not delivered yet; undefined: it was. */
  take(line: string): string | undefined {
    const { second, text } = parseStampedLine(line);
    if (second === undefined) return this.#toSkip > 0 ? undefined : text;
    if (this.#toSkip > 0) {
      if (this.#second === undefined || second >= this.#second) {
        this.#toSkip -= 1;
      }
      return undefined;
    }
    if (this.#second === undefined || second > this.#second) {
      this.#second = second;
      this.#delivered = 1;
    } else if (second === this.#second) {
      this.#delivered += 1;
    }
    return text;
  }
}
