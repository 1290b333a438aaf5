import { DojoErrorJson, isDojoError } from 'backstage-plugin-dojo-common';

/**
 * The written form of whatever was thrown, also of what {@link toBackstageError} made of it. Of a failure that is not
 * ours only its sentence is told.
 */
export function toErrorJson(error: unknown): DojoErrorJson {
  if (isDojoError(error)) return error.toJSON();
  const { dojo } = (error ?? {}) as { dojo?: DojoErrorJson };
  return (
    dojo ?? {
      code: 'UNEXPECTED',
      kind: 'unavailable',
      message: error instanceof Error ? error.message : String(error),
      hint: 'The log of the backend says more.',
    }
  );
}
