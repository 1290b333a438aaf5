import {
  DatabaseStatus,
  databaseStatusSchema,
  isDojoError,
} from 'backstage-plugin-dojo-common';
import type { DatabaseFacts } from 'dojo-portal-core/delivery';
import { createTemporaryFolder } from 'dojo-portal-core/local';
import { childErrors } from '../../child/childErrors';
import { ChildSlots } from '../../child/ChildSlots';
import { createDeadline } from '../../child/createDeadline';
import { runDojoCommand } from '../../child/runDojoCommand';
import type {
  ComponentDatabase,
  Environments,
} from '../../config/Environments';
import type { DojoConfig } from '../../config/readDojoConfig';
import type { DatabaseTurns } from '../../migration/DatabaseTurns';
import type { DeliveryReaders } from './DeliveryReaders';
import { fileKey, noFile } from './fileKey';

/** What {@link createDatabaseReader} works with. */
export interface DatabaseReaderOptions {
  readonly environments: Pick<Environments, 'get' | 'databaseOf'>;
  readonly config: Pick<DojoConfig, 'plans' | 'temporaryRoot'>;
  /** Those of the portal's own runs, so that it is never in its own way. */
  readonly turns: Pick<DatabaseTurns, 'run'>;
  /** The `dojo` command's JavaScript file. */
  readonly command: string;
}

/** Children at once. */
const atOnce = 2;
/** Milliseconds that a reading waits for a run of the portal: it comes again. */
const patience = 10;
/** Milliseconds between SIGTERM and SIGKILL: it has nothing to put away. */
const grace = 1_000;
const temporaryPrefix = 'dojo-status-';
/** Migrations that restores took back and that are still told of: the newest. */
const maxUndone = 200;
const whenLost = 'Nothing was changed.';
const absent: DatabaseStatus = { kind: 'absent' };

/** Somebody has the database, which is no failure: the file tells when that changed. */
const inUse = new Set(['DATABASE_LOCKED', 'DATABASE_BUSY']);

/**
 * How databases of this machine are read: two stats where nothing changed or nothing is there, else one child process
 * within the limits of a plan, two at once. One that somebody has open is tried once more, since a plan has it open for a
 * moment and leaves its file as it was; then not before the file changes.
 */
export function createDatabaseReader(
  options: DatabaseReaderOptions,
): Pick<DeliveryReaders, 'readDatabase'> {
  const { environments, turns } = options;
  const slots = new ChildSlots({ max: atOnce });
  return {
    async readDatabase(target, environment, known, signal) {
      const source = `database:${environment}`;
      const unknown = { kind: 'unknown' as const, source };
      if (environments.get(environment).database === undefined) {
        return known?.level.kind === 'unknown' && known.key === undefined
          ? known
          : { level: unknown, applied: [], restores: [] };
      }
      const place = environments.databaseOf(environment, target.component);
      const key = await fileKey(place.path);
      if (known?.key === key) return known;
      // Of a thousand components most have none: a process for each of them would never be done.
      if (key === noFile) return { ...toFacts(absent, source, known), key };
      const subject = `${target.component} in ${environment}`;
      const isTried = known?.level.kind === 'unknown';
      try {
        const status = await turns.run(
          {
            database: place.path,
            display: `the database of ${subject}`,
            what: 'a look at its level',
            signal,
            patience,
          },
          () =>
            slots.run({ initiator: subject, signal }, () =>
              readStatus(place, subject, options, signal),
            ),
        );
        return { ...toFacts(status, source, known), key };
      } catch (error) {
        if (!isDojoError(error) || !inUse.has(error.code)) throw error;
        // What it held is history; where it is now nobody knows.
        return {
          level: unknown,
          applied: known?.applied ?? [],
          restores: known?.restores ?? [],
          // A run of the portal ends soon, and may leave the file as it was.
          ...(error.code === 'DATABASE_LOCKED' && isTried && { key }),
        };
      }
    },
  };
}

function toFacts(
  status: DatabaseStatus,
  source: string,
  known: DatabaseFacts | undefined,
): Omit<DatabaseFacts, 'key'> {
  switch (status.kind) {
    case 'absent':
      // It will be made by its first migration.
      return {
        level: { kind: 'level', at: 'empty' },
        applied: [],
        restores: [],
      };
    case 'unmanaged':
      return {
        level: { kind: 'unknown', source },
        applied: [],
        restores: [],
      };
    default: {
      const { applied, restores } = status;
      return {
        level: { kind: 'level', at: applied.at(-1)?.id ?? 'empty' },
        applied: withUndone(
          // Without its time a migration has no place in the history.
          applied.flatMap(({ at, ...rest }) =>
            at === undefined ? [] : [{ ...rest, at }],
          ),
          known,
        ),
        restores,
      };
    }
  }
}

/** A restore takes rows away that the history has told of. */
function withUndone(
  applied: DatabaseFacts['applied'],
  known: DatabaseFacts | undefined,
): DatabaseFacts['applied'] {
  const there = new Set(applied.map(({ id, at }) => `${id} ${at}`));
  const undone = (known?.applied ?? [])
    .filter(({ id, at }) => !there.has(`${id} ${at}`))
    .map(row => ({ ...row, undone: true as const }));
  return [...applied, ...undone.slice(-maxUndone)];
}

async function readStatus(
  { path, fixedFolder }: ComponentDatabase,
  subject: string,
  { config, command }: DatabaseReaderOptions,
  signal: AbortSignal,
): Promise<DatabaseStatus> {
  const { seconds, memoryBytes } = config.plans;
  const what = `a look at the database of ${subject}`;
  const deadline = createDeadline(signal, `${seconds}s`, () =>
    childErrors.deadline(what, seconds, whenLost),
  );
  try {
    const folder = await createTemporaryFolder(
      config.temporaryRoot,
      temporaryPrefix,
    );
    try {
      return await runDojoCommand({
        command,
        request: {
          kind: 'database-status',
          database: path,
          noLinksBelow: fixedFolder,
          memoryBytes: Math.ceil(memoryBytes / 3),
        },
        result: databaseStatusSchema,
        folder: folder.path,
        signal: deadline.signal,
        log: () => {},
        what,
        whenLost,
        maxMemoryBytes: memoryBytes,
        grace,
      });
    } finally {
      await folder.dispose();
    }
  } finally {
    deadline.clear();
  }
}
