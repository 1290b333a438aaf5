import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Milliseconds between two looks. */
const lookEvery = 500;

/** What {@link withinBytes} holds to. */
export interface BytesLimit {
  readonly folder: string;
  readonly maxBytes: number;
  /** What the work ends with where the folder outgrows that. */
  readonly tooLarge: () => Error;
}

/**
 * Runs what writes into a folder. It is ended where the folder outgrows the limit meanwhile, and has failed where it does
 * at the end.
 *
 * @param work - ends soon after its signal aborts, and rejects with the signal's reason
 * @throws `tooLarge`, and what the work throws.
 */
export async function withinBytes<T>(
  { folder, maxBytes, tooLarge }: BytesLimit,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const outgrown = new AbortController();
  let looking: Promise<void> | undefined;
  const look = async () => {
    if ((await bytesIn(folder)) > maxBytes) outgrown.abort(tooLarge());
    looking = undefined;
  };
  const timer = setInterval(() => {
    looking ??= look();
  }, lookEvery);
  try {
    const result = await work(AbortSignal.any([signal, outgrown.signal]));
    if ((await bytesIn(folder)) > maxBytes) throw tooLarge();
    return result;
  } finally {
    clearInterval(timer);
    await looking;
  }
}

/** Of all files below a folder; what goes while it is looked at does not count. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const found = await stat(join(entry.parentPath, entry.name)).catch(
      () => undefined,
    );
    bytes += found?.size ?? 0;
  }
  return bytes;
}
