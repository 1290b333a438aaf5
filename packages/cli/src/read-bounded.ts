import type { DojoError } from 'backstage-plugin-dojo-common';
import type { CommandContext } from './command-context';

/** Options of {@link readBounded}. */
export interface ReadBoundedOptions {
  /** Bytes, at most. */
  readonly maxBytes: number;
  /** The error of more than that. */
  readonly toTooLong: () => DojoError;
  /** Ends the reading. */
  readonly signal: AbortSignal;
}

/**
 * All that comes, as text; reading ends as soon as it is more than may be.
 *
 * @throws the given error where it is; the signal's reason.
 */
export async function readBounded(
  input: CommandContext['stdin'],
  { maxBytes, toTooLong, signal }: ReadBoundedOptions,
): Promise<string> {
  let stop = () => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([readAll(input, maxBytes, toTooLong), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function readAll(
  input: CommandContext['stdin'],
  maxBytes: number,
  toTooLong: () => DojoError,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk as string);
    size += bytes.length;
    if (size > maxBytes) throw toTooLong();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
