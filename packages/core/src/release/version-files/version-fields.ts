/** The bytes of one version in a file: `[start, end)` in UTF-16 code units, without quotes and without a leading `v`. */
export interface VersionField {
  readonly start: number;
  readonly end: number;
  /** As it stands there, without the `v`. */
  readonly value: string;
  /** What it is called, where the file has several: `appVersion`. */
  readonly name?: string;
  /** Names a version among others, as a dependency does: one that differs is nothing to tell. */
  readonly isReference?: boolean;
}

/** What a version file holds. */
export type VersionFields =
  /** The first is the file's version; the others repeat it, or hold the version of something else. */
  | { readonly kind: 'found'; readonly fields: readonly VersionField[] }
  /** Well-formed, without a version. `skippable`: such a file usually is no version file, so that only a named one is wrong. */
  | {
      readonly kind: 'none';
      readonly expected: string;
      readonly skippable?: string;
    }
  /** Not well-formed. `place` is `line:column`. */
  | { readonly kind: 'invalid'; readonly place?: string; readonly why: string };

const byteOrderMark = '\ufeff';

/** Reads the text behind a byte order mark, and gives places in the whole text. */
export function behindByteOrderMark(
  text: string,
  read: (text: string) => VersionFields,
): VersionFields {
  if (!text.startsWith(byteOrderMark)) return read(text);
  const found = read(text.slice(1));
  if (found.kind !== 'found') return found;
  return {
    kind: 'found',
    fields: found.fields.map(field => ({
      ...field,
      start: field.start + 1,
      end: field.end + 1,
    })),
  };
}

/** A field whose text is `[start, end)`; a `v` before a digit is kept out of it. */
export function versionField(
  text: string,
  start: number,
  end: number,
): VersionField {
  const from = /^[vV]\d/.test(text.slice(start, start + 2)) ? start + 1 : start;
  return { start: from, end, value: text.slice(from, end) };
}
