import { dojoErrorSchema } from 'backstage-plugin-dojo-common';

/** The code of a DojoError inside an error of Backstage; undefined: it is none of ours. */
export function codeOf(error: unknown): string | undefined {
  const { dojo } = (error ?? {}) as { dojo?: unknown };
  const parsed = dojoErrorSchema.safeParse(dojo);
  return parsed.success ? parsed.data.code : undefined;
}
