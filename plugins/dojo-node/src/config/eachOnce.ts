import { z } from 'zod/v3';

/** Refuses the second of two entries whose values of a key differ in nothing but capitals. */
export function eachOnce<TKey extends string>(key: TKey) {
  return (
    entries: ReadonlyArray<Readonly<Record<TKey, string>>>,
    context: z.RefinementCtx,
  ): void => {
    const seen = new Set<string>();
    for (const [index, { [key]: value }] of entries.entries()) {
      if (seen.has(value.toLowerCase())) {
        context.addIssue({
          code: z.ZodIssueCode.custom,
          path: [index, key],
          message: `${value} is already there`,
        });
      }
      seen.add(value.toLowerCase());
    }
  };
}
