import type { Writable } from 'node:stream';

/**
 * Goes on where nobody reads any more (`dojo release | head`): a release is not cut in the middle because its report has
 * no reader. Other errors of the stream are thrown.
 */
export function ignoreClosedPipe(stream: Writable): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
