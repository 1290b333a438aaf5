import type { HeldDatabase, DatabaseHolder, MigrationPorts } from './ports';
import { readMigrations } from './files/read-migrations';
import type { ReadMigrations } from './files/read-migrations';

/** The files, read, and the database, held. */
export interface ReadAndHeld {
  readonly read: ReadMigrations;
  /** To be released by the caller. */
  readonly held: HeldDatabase;
}

/**
 * Reads the files while the database is opened: each takes about as long as the other.
 *
 * @throws what either throws, the source first; nothing is held then.
 */
export async function readAndHold(
  { source, databases }: Pick<MigrationPorts, 'source' | 'databases'>,
  options: Parameters<DatabaseHolder['hold']>[0],
  signal: AbortSignal,
): Promise<ReadAndHeld> {
  signal.throwIfAborted();
  let onOpening: () => void = () => undefined;
  const opening = new Promise<void>(resolve => {
    onOpening = resolve;
  });
  const holding = databases.hold({ ...options, onOpening }, signal);
  // To read a thousand files leaves no room for anything else: not before the engine is on its way.
  await Promise.race([opening, holding.catch(() => undefined)]);
  const [read, held] = await Promise.allSettled([
    source.read(signal).then(files => readMigrations(files, source.display)),
    holding,
  ]);
  if (read.status === 'rejected') {
    if (held.status === 'fulfilled') await held.value.release();
    throw read.reason;
  }
  if (held.status === 'rejected') throw held.reason;
  return { read: read.value, held: held.value };
}
