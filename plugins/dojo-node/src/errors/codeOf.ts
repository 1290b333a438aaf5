import { dojoErrorSchema, isDojoError } from 'backstage-plugin-dojo-common';

/** The code of a DojoError, by itself or inside an error of Backstage; undefined: it is none of ours. */
export function codeOf(error: unknown): string | undefined {
  if (isDojoError(error)) return error.code;
  const { dojo } = (error ?? {}) as { dojo?: unknown };
  const parsed = dojoErrorSchema.safeParse(dojo);
  return parsed.success ? parsed.data.code : undefined;
}
