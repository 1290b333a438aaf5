import { z } from 'zod/v3';

/** A full semantic version (semver.org, "Is there a suggested regular expression"). */
export const semverPattern =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;

/** What a person means by `v1.2.3`: the version, without the `v` of its tag. Any other text stays as it is. */
export function withoutTagPrefix(text: string): string {
  return /^[vV]\d/.test(text) ? text.slice(1) : text;
}

/** A version as a person or a form writes it; the `v` of its tag is taken off. @public */
export const versionSchema = z
  .string()
  .transform(withoutTagPrefix)
  .pipe(
    z.string().regex(semverPattern, 'must be a semantic version such as 1.2.3'),
  );
