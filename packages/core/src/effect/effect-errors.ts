import { DojoError } from 'backstage-plugin-dojo-common';

/** Every failure that an effect finds itself; `key` is the effect's. All others are those of its system. */
export const effectErrors = {
  conflict: (
    key: string,
    detail: string,
    hint = 'Somebody else was first; plan again to see what is there now.',
  ) =>
    new DojoError({
      code: 'EFFECT_CONFLICT',
      kind: 'conflict',
      message: `${key} ${detail}`,
      hint,
    }),
  notEffective: (key: string, cause: unknown) =>
    new DojoError({
      code: 'EFFECT_NOT_EFFECTIVE',
      kind: 'unavailable',
      message: `${key} did not come about: ${reason(cause)}`,
      hint: 'Run it again: what is done stays done, and the rest is finished.',
      cause,
    }),
};

function reason(cause: unknown): string {
  if (cause === undefined) {
    return 'the system accepted it, but does not hold it';
  }
  return cause instanceof Error ? cause.message : String(cause);
}
