import type { Response } from 'express';

/** A signal that aborts when the client goes away before it was answered: nobody reads what would be computed. */
export function abortedWith(response: Response): AbortSignal {
  const abort = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) {
      abort.abort(new Error('the client went away'));
    }
  });
  return abort.signal;
}
