import { createHash } from 'node:crypto';

/** One text for all JSON values that are the same, in whatever order their keys came. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(
          Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)),
        )
      : each,
  );
}

/** SHA-256 of a text, as hex digits. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
