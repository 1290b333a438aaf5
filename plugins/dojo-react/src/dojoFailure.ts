import { isDojoError } from 'backstage-plugin-dojo-common';

/** Why something is not there, as a person reads it. */
export interface DojoFailure {
  readonly message: string;
  readonly hint: string | undefined;
  readonly denied: boolean;
}

/** What a page shows of an error: ours with its hint, any other with its message. */
export function toDojoFailure(error: unknown): DojoFailure {
  const message = error instanceof Error ? error.message : String(error);
  return isDojoError(error)
    ? { message, hint: error.hint, denied: error.kind === 'denied' }
    : { message, hint: undefined, denied: false };
}
