import { z } from 'zod/v3';

/** A full semantic version (semver.org, "Is there a suggested regular expression"). */
export const semverPattern =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;

/** A version as a person or a form writes it, without the `v` of its tag. @public */
export const versionSchema = z
  .string()
  .regex(semverPattern, 'must be a semantic version such as 1.2.3');
