import { DojoError, DojoErrorKind } from './dojo-error';

/** The errors of the client of /api/dojo. */
export const clientErrors = {
  /** The request did not reach the backend, or its answer did not reach us. */
  backendUnreachable: (cause: unknown) => {
    // Not instanceof: a browser's fetch may throw an error of another realm.
    const { message } = cause as { message?: unknown };
    const reason = typeof message === 'string' ? message : String(cause);
    return new DojoError({
      code: 'BACKEND_UNREACHABLE',
      kind: 'unavailable',
      message: `the portal's backend cannot be reached: ${reason}`,
      hint: 'Check the connection and try again; nothing was changed.',
      cause,
    });
  },
  /** The backend answered with a failure that is not one of ours: another part of Backstage, a proxy, a login page. */
  backendFailed: (status: number, message: string) =>
    new DojoError({
      code: 'BACKEND_FAILED',
      kind: kindOfStatus(status),
      message: `the portal's backend answered ${status}: ${message}`,
      hint: 'Try again; where it stays so, the log of the backend says why.',
    }),
  /** The backend, or what signs the reader in, does not take the session any more (401). */
  sessionExpired: (cause?: unknown) =>
    new DojoError({
      code: 'SESSION_EXPIRED',
      kind: 'denied',
      message: 'your session has expired',
      hint: 'Sign in again; the same page opens.',
      ...(cause !== undefined && { cause }),
    }),
  /** The answer is not of the form that this version knows. */
  answerInvalid: (problems: readonly string[]) =>
    new DojoError({
      code: 'ANSWER_INVALID',
      kind: 'unavailable',
      message: `the portal's backend answered in a form that is not known here: ${problems
        .slice(0, 3)
        .join('; ')}`,
      hint: 'Reload the page; backend and frontend may be of different versions.',
    }),
};

function kindOfStatus(status: number): DojoErrorKind {
  if (status === 403) return 'denied';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  return status >= 500 ? 'unavailable' : 'input';
}
