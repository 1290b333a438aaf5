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
 * the written form, which Backstage's error response carries on as `error.dojo`. The cause stays behind: it is the
 * vendor's own, and neither a task log nor a page is the place for it. What is no `DojoError` is returned as it is.
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
  return Object.assign(new errorOfKind[json.kind](sentence), { dojo: json });
}
