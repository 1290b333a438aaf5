import { isSameTag, withoutV } from '../history/previous-version';
import { parseNote } from './note-line';
import type { NoteLine } from './note-line';

/** Who rejected a version, when and why. */
export interface Rejection {
  readonly version: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly reason: string;
}

/**
 * The rejection of a version that stands in the note at its commit; undefined: it was not rejected, or that was taken back.
 *
 * @param tag - absent: not known, and any version of this commit that is rejected counts.
 */
export function rejectionIn(
  note: string | undefined,
  tag: string | undefined,
): Rejection | undefined {
  if (note === undefined) return undefined;
  const last = new Map<string, NoteLine>();
  for (const line of parseNote(note)) {
    if (line.kind === 'outcome') continue;
    if (tag !== undefined && !isSameTag(line.version, tag)) continue;
    const name = withoutV(line.version);
    const before = last.get(name);
    // Of one moment, the one that holds it back counts.
    const isTie = before?.kind === 'rejected' && before.at === line.at;
    if (!isTie) last.set(name, line);
  }
  for (const line of last.values()) {
    if (line.kind === 'rejected') {
      const { version, by, at, reason } = line;
      return { version, by, at, reason };
    }
  }
  return undefined;
}
