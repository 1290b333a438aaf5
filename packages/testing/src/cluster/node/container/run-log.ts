/** A line, or the beginning of one that is still being written. */
export interface LogLine {
  /** When its first byte came. */
  readonly time: Date;
  /** With its newline, unless it is the last and unfinished. */
  readonly text: Buffer;
}

/** Bytes of one run that are kept; the oldest lines go first. */
const mostBytes = 4 * 1024 * 1024;
/** A longer line is cut into several, as the container runtimes do. */
const mostLineBytes = 16 * 1024;

/** What one run of a container wrote. */
export class RunLog {
  private readonly kept: LogLine[] = [];
  private open: Buffer = Buffer.alloc(0);
  private openSince = new Date();
  private bytes = 0;
  private ended = false;
  private readonly followers = new Set<FollowRun>();

  get lines(): readonly LogLine[] {
    return this.open.length > 0
      ? [...this.kept, { time: this.openSince, text: this.open }]
      : this.kept;
  }

  write(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      const newline = rest.indexOf(10);
      const end = newline < 0 ? rest.length : newline + 1;
      const room = mostLineBytes - this.open.length;
      const taken = rest.subarray(0, Math.min(end, room));
      if (this.open.length === 0) this.openSince = new Date();
      this.open = Buffer.concat([this.open, taken]);
      rest = rest.subarray(taken.length);
      if (taken.at(-1) === 10 || this.open.length >= mostLineBytes)
        this.finishLine();
    }
  }

  /** Nothing comes any more. */
  end(): void {
    if (this.ended) return;
    this.finishLine();
    this.ended = true;
    for (const follower of this.followers) follower.end();
    this.followers.clear();
  }

  /** Tells each line from now on; one that is unfinished is told when it is. @returns what ends it. */
  follow(follower: FollowRun): () => void {
    if (this.ended) {
      follower.end();
      return () => {};
    }
    this.followers.add(follower);
    return () => this.followers.delete(follower);
  }

  /** The finished lines alone: who follows gets the open one later. */
  get finished(): readonly LogLine[] {
    return this.kept;
  }

  /** The end of the log, of at most so many lines and bytes. */
  tail(lines: number, bytes: number): string {
    const text = Buffer.concat(this.lines.slice(-lines).map(line => line.text));
    return text.subarray(-bytes).toString('utf8');
  }

  private finishLine(): void {
    if (this.open.length === 0) return;
    const line = { time: this.openSince, text: this.open };
    this.open = Buffer.alloc(0);
    this.kept.push(line);
    this.bytes += line.text.length;
    while (this.bytes > mostBytes) this.bytes -= this.kept.shift()!.text.length;
    for (const follower of this.followers) follower.line(line);
  }
}

/** Who reads along. */
export interface FollowRun {
  line(line: LogLine): void;
  end(): void;
}
