import { readdir } from 'node:fs/promises';
import { createTemporaryFolder } from '../../local/temporary-folder';
import type { HttpPorts } from '../../http/retry';
import { layoutErrors } from './layout-errors';
import type { LayoutFolder } from './layout-files';

/** Folders with this name say who writes; what is being written is in them. */
const prefix = '.dojo-writer-';

/** Milliseconds to wait for others, who take a few each. */
const patience = 30_000;
const shortestWait = 5;
const longestWait = 100;
/** Waits after which it is asked again whether those who write live. */
const waitsPerTry = 10;

/** The last to write each layout, of this process: its runs need not meet on the disk. */
const queues = new Map<string, Promise<unknown>>();

/**
 * Runs `work` while no other process of this kind writes the layout. Each says by a folder of its own that it would like
 * to, then looks for the others': of two, at least one sees the other, takes its folder away and tries again later. The
 * folder of a process that was killed names one that lives no more, and is removed by the next; nobody removes another's
 * that lives, so that none is taken for free while it is held.
 *
 * @param work is given the folder, on the same file system, for what it writes; all in it is removed after.
 * @throws DojoError IMAGE_LAYOUT_BUSY after half a minute, and what `work` throws.
 */
export async function takeTurn<T>(
  layout: LayoutFolder,
  { sleep, clock }: Pick<HttpPorts, 'sleep' | 'clock'>,
  signal: AbortSignal,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const before = queues.get(layout.path) ?? Promise.resolve();
  const turn = before.then(async () => {
    const deadline = clock.now().getTime() + patience;
    for (;;) {
      signal.throwIfAborted();
      const mine = await createTemporaryFolder(layout.path, prefix);
      try {
        const others = await writersOf(layout, mine.path);
        if (others.length === 0) return await work(mine.path);
        if (clock.now().getTime() >= deadline) {
          throw layoutErrors.busy(layout.name, others[0]);
        }
      } finally {
        await mine.dispose();
      }
      await untilNobodyWrites();
    }

    /** Without a folder of its own: where many wait, those would only keep each other off. */
    async function untilNobodyWrites(): Promise<void> {
      for (let wait = 0; wait < waitsPerTry; wait += 1) {
        const spread = Math.random() * (longestWait - shortestWait);
        await sleep(shortestWait + spread, signal);
        if ((await writersOf(layout)).length === 0) return;
      }
    }
  });
  const settled = turn.catch(() => undefined);
  queues.set(layout.path, settled);
  void settled.then(() => {
    if (queues.get(layout.path) === settled) queues.delete(layout.path);
  });
  return turn;
}

async function writersOf(
  { path }: LayoutFolder,
  mine?: string,
): Promise<string[]> {
  return (await readdir(path)).filter(
    name => name.startsWith(prefix) && !mine?.endsWith(name),
  );
}
