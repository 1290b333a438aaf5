import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  DojoErrorJson,
  DojoErrorKind,
  isDojoError,
} from 'backstage-plugin-dojo-common';

const errorOfKind: Record<DojoErrorKind, new (message: string) => Error> = {
  input: InputError,
  refused: ConflictError,
  conflict: ConflictError,
  'not-found': NotFoundError,
  denied: NotAllowedError,
  unavailable: ServiceUnavailableError,
};

/**
 * The error as Backstage knows it: the class decides the HTTP status, the message is `sentence (CODE) — hint`, and `dojo` is
 * the written form, which Backstage's error response carries on as `error.dojo`. Stack and cause, the vendor's own, stay
 * behind: neither a task log nor a page is the place for them. What is no `DojoError` is returned as it is.
 *
 * @public
 */
export function toBackstageError(error: unknown): unknown {
  if (!isDojoError(error)) return error;
  return fromDojoErrorJson({
    code: error.code,
    kind: error.kind,
    message: error.message,
    hint: error.hint,
  });
}

/**
 * The same for the written form, such as the `error` of a failed effect.
 *
 * @public
 */
export function fromDojoErrorJson(
  json: DojoErrorJson,
): Error & { readonly dojo: DojoErrorJson } {
  const sentence = `${json.message} (${json.code})${
    json.hint === undefined ? '' : ` — ${json.hint}`
  }`;
  const error = new errorOfKind[json.kind](sentence);
  // The scaffolder writes the stack into the task log, where it tells a user nothing.
  error.stack = `${error.name}: ${sentence}`;
  return Object.assign(error, { dojo: json });
}
