import type { Writable } from 'node:stream';

/**
 * Goes on where nobody reads any more (`dojo release | head`), or where what was written has no place (a full disk): a
 * run is not cut in the middle because its report has no reader.
 *
 * @param onLost told of every failure but a reader that left.
 */
export function ignoreClosedPipe(
  stream: Writable,
  onLost: (error: Error) => void,
): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') onLost(error);
  });
}
