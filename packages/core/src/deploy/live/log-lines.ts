import { redactLine } from '../../text/redact-line';

/** What is kept of the log of a container that ended, and what is read of one for somebody who looks. */
export const crashLogLines = 20;
export const shownLogLines = 40;
/** Characters of a line. */
export const maxLogLine = 300;

/** The last lines of a log, each on one line, cut, and without what looks like a secret. */
export function toLogLines(lines: readonly string[], max: number): string[] {
  return (
    lines
      .slice(-max)
      // A secret is found before a cut may leave the half of it.
      .map(line => redactLine(line.slice(0, 4 * maxLogLine)))
      .map(line =>
        line.length > maxLogLine ? `${line.slice(0, maxLogLine - 1)}…` : line,
      )
  );
}
