import { z } from 'zod/v3';
import type { ErrorCode } from './error-codes';

/** What sort of failure it is; decides the HTTP status (docs/reference/http-api.md) and the exit code (docs/reference/cli.md). */
const dojoErrorKinds = [
  'input',
  'refused',
  'conflict',
  'not-found',
  'denied',
  'unavailable',
] as const;

/** @public */
export type DojoErrorKind = (typeof dojoErrorKinds)[number];

/** Closed for who makes an error; who reads one takes also what a newer version may send. */
const errorCode = z
  .string()
  .refine((code): code is ErrorCode => /^[A-Z][A-Z0-9_]*$/.test(code));

/** The written form of a {@link DojoError}: what a page, `--json` and an agent read. */
export const dojoErrorSchema = z.object({
  code: errorCode,
  kind: z.enum(dojoErrorKinds),
  message: z.string(),
  hint: z.string().optional(),
});

/** @public */
export type DojoErrorJson = z.infer<typeof dojoErrorSchema>;

/**
 * A failure that a person can act on. `message` is one sentence with the values in it, `hint` says what to do next.
 * Neither, nor `cause`, ever holds a secret: adapters redact before they throw.
 *
 * @public
 */
export class DojoError extends Error {
  override readonly name = 'DojoError';
  readonly code: ErrorCode;
  readonly kind: DojoErrorKind;
  readonly hint: string | undefined;

  constructor(options: DojoErrorJson & { cause?: unknown }) {
    super(
      options.message,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = options.code;
    this.kind = options.kind;
    this.hint = options.hint;
  }

  toJSON(): DojoErrorJson {
    return {
      code: this.code,
      kind: this.kind,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    };
  }
}

/** Compares by name, since a process may hold two copies of this package. */
export function isDojoError(error: unknown): error is DojoError {
  return (
    error instanceof Error && error.name === 'DojoError' && 'kind' in error
  );
}
