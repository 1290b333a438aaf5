import { type DojoErrorKind, isDojoError } from 'backstage-plugin-dojo-common';

/** Why something is not there, as a person reads it. */
export interface DojoFailure {
  /** Of ours; absent: the error is of somebody else. */
  readonly code?: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly denied: boolean;
  /** Whether it may be gone when the same is asked for again: something was away, busy, or changed meanwhile. */
  readonly mayPass: boolean;
}

const passing: readonly DojoErrorKind[] = ['unavailable', 'conflict'];

/** What a page shows of an error: ours with its hint, any other with its message. */
export function toDojoFailure(error: unknown): DojoFailure {
  const message = error instanceof Error ? error.message : String(error);
  return isDojoError(error)
    ? {
        code: error.code,
        message,
        hint: error.hint,
        denied: error.kind === 'denied',
        mayPass: passing.includes(error.kind),
      }
    : { message, hint: undefined, denied: false, mayPass: true };
}
