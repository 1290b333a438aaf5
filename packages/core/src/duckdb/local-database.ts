import { stat } from 'node:fs/promises';
import { timeOfBackup, toBackupId } from '../migrate/backup-id';
import type { DatabaseFile, DatabaseState } from '../migrate/database-state';
import type { MigrationSet } from '../migrate/files/migration';
import type {
  AskedTables,
  DatabaseContents,
} from '../migrate/losses/database-contents';
import type {
  HeldDatabase,
  MigrationWork,
  MigrationWorkOptions,
  PreparedDatabase,
  ReadState,
} from '../migrate/ports';
import { toApplied } from './schema/read-applied';
import type { AttachedDatabase } from './attached-database';
import { backupPath, listBackups } from './files/backups';
import { bytesOf, ensureSpace } from './files/ensure-space';
import type { DatabaseHeader } from './files/database-header';
import { ensureReplaceable } from './files/ensure-replaceable';
import { findWals } from './files/database-path';
import type { DatabasePlace } from './files/database-path';
import type { DuckdbSession } from './engine/duckdb-session';
import { loadDuckdb } from './engine/load-duckdb';
import { markDatabase } from './files/mark-database';
import type { EndTurn } from './files/path-mutex';
import { prepareBackup } from './prepare-backup';
import type { PreparedBackup } from './prepare-backup';
import { prepareCopy } from './prepare-copy';
import { createPrivateCopy } from './files/private-copy';
import type { PrivateCopy } from './files/private-copy';
import { CopyPublication } from './publish-copy';
import { readContents } from './schema/read-contents';
import { readDrift } from './schema/read-drift';
import type { Drift } from './schema/read-drift';
import { readForeignIndexes } from './schema/read-foreign-indexes';
import { readSchema } from './schema/schema-entries';

/** What was found where the database should be. */
export type Opening =
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'broken';
      readonly why: string;
      /** What opens is only half of the database: a restore of it was cut off. */
      readonly half?: {
        readonly held: AttachedDatabase;
        readonly backup: string;
      };
    }
  | {
      readonly kind: 'open';
      readonly header: DatabaseHeader;
      readonly held: AttachedDatabase;
    };

/** What a {@link LocalDatabase} is made of. */
export interface LocalDatabaseOptions {
  readonly place: DatabasePlace;
  readonly opening: Opening;
  readonly storageVersion: string;
  readonly now: () => Date;
  readonly heartbeat: number;
  /** Whether its state tells which backup it is. */
  readonly toRestore: boolean;
}

/** What is read of the file, and what of it can be judged without it. */
interface ReadFile extends Pick<ReadState, 'judge'> {
  readonly file: DatabaseFile;
}

/** A database on this machine, held by DuckDB's own lock. */
export class LocalDatabase implements HeldDatabase {
  readonly #options: LocalDatabaseOptions;
  readonly #endTurn: EndTurn;
  #head: string | undefined;

  /** @param endTurn called once nobody of this run needs the database any more. */
  constructor(options: LocalDatabaseOptions, endTurn: EndTurn) {
    this.#options = options;
    this.#endTurn = endTurn;
  }

  async readState(set: MigrationSet, signal: AbortSignal): Promise<ReadState> {
    const { place, opening, toRestore } = this.#options;
    const { version } = loadDuckdb();
    const { file, judge }: Partial<ReadFile> =
      opening.kind === 'open' ? await this.#readFile(opening, set, signal) : {};
    this.#head = file?.applied.at(-1)?.id;
    const backups = await listBackups(place);
    const state: DatabaseState = {
      database: place.path,
      engine: version(),
      ...(file && { file }),
      ...(opening.kind === 'broken' && { broken: opening.why }),
      backups: toRestore ? await markDatabase(place, backups, signal) : backups,
    };
    return { state, ...(judge && { judge }) };
  }

  async readContents(
    asked: AskedTables,
    signal: AbortSignal,
  ): Promise<DatabaseContents | undefined> {
    const { opening } = this.#options;
    if (opening.kind !== 'open') return undefined;
    const { session, database } = opening.held;
    session.endWith(signal);
    return readContents(session, database, asked);
  }

  async prepare(
    work: MigrationWork,
    options: MigrationWorkOptions,
  ): Promise<PreparedDatabase> {
    return this.#prepareWith(copy =>
      prepareCopy(work, { ...this.#options, ...options, copy }),
    );
  }

  async prepareBackup(
    id: string,
    options: MigrationWorkOptions,
  ): Promise<PreparedDatabase> {
    return this.#prepareWith(
      copy =>
        prepareBackup(id, { ...options, place: this.#options.place, copy }),
      id,
    );
  }

  async release(): Promise<void> {
    const { opening } = this.#options;
    heldOf(opening)?.close();
    this.#endTurn();
  }

  async #readFile(
    { header, held }: Extract<Opening, { kind: 'open' }>,
    set: MigrationSet,
    signal: AbortSignal,
  ): Promise<ReadFile> {
    const { path, folder } = this.#options.place;
    const { session, database } = held;
    session.endWith(signal);
    const applied = toApplied(held.rows, set);
    const { fingerprint } = held;
    const foreignIndexes = await readForeignIndexes(session, database);
    const drift: Drift =
      applied.length === 0
        ? { kind: 'judged', judged: await readUnexplained(session, database) }
        : await readDrift({
            applied,
            fingerprint,
            readSchema: () => readSchema(session, database),
            set,
            engine: session.engine,
            name: database,
            folder,
            storage: header.storage,
          });
    const file = {
      bytes: (await stat(path)).size,
      walBytes: await bytesOf(await findWals(path)),
      storage: header.storage,
      creator: header.creator,
      applied: applied.map(({ id, meta }) => ({ id, ...(meta && { meta }) })),
      fingerprint,
      ...(foreignIndexes.length > 0 && { foreignIndexes }),
    };
    return drift.kind === 'judged'
      ? { file: { ...file, ...drift.judged } }
      : { file, judge: drift.judge };
  }

  async #prepareWith(
    run: (copy: PrivateCopy) => Promise<PreparedBackup>,
    restored?: string,
  ): Promise<PreparedDatabase> {
    const { place, opening } = this.#options;
    await ensureReplaceable(place);
    const copy = await createPrivateCopy(place);
    try {
      await ensureSpace(
        place,
        copy,
        restored === undefined ? place.path : backupPath(place, restored),
      );
      const prepared = await run(copy);
      const held = heldOf(opening);
      await held?.confirm();
      const publication = await CopyPublication.of({
        place,
        copy,
        ...(held && { held }),
        ...(restored !== undefined && { restored }),
      });
      return {
        ...prepared,
        nameBackup: async now =>
          halfOf(opening)?.backup ??
          toBackupId(timeOfBackup(now, await listBackups(place)), this.#head, {
            isReplaced: restored !== undefined,
          }),
        isKept: backup => publication.isKept(backup),
        keep: backup => publication.keep(backup),
        isReplaced: () => publication.isReplaced(),
        replace: options =>
          publication.replace(options.backup, options.keepBackups),
        discard: async () => {
          await publication.undo();
          await copy.dispose();
        },
      };
    } catch (error) {
      await copy.dispose();
      throw error;
    }
  }
}

/** The lock on what is there, as far as it opens. */
export function heldOf(opening: Opening): AttachedDatabase | undefined {
  return opening.kind === 'open' ? opening.held : halfOf(opening)?.held;
}

function halfOf(opening: Opening) {
  return opening.kind === 'broken' ? opening.half : undefined;
}

/** Nothing is applied: nothing is what there should be. */
async function readUnexplained(
  session: DuckdbSession,
  database: string,
): Promise<Pick<DatabaseFile, 'unexplained'>> {
  const names = (await readSchema(session, database)).map(({ name }) => name);
  return names.length === 0 ? {} : { unexplained: names };
}
