import type { MigrationSet, SqlFile } from '../../migrate/files/migration';
import type { AppliedRow } from './read-applied';
import { replaySchema } from './replay-schema';
import type { ReplayOptions } from './replay-schema';
import { differencesOf } from './schema-entries';
import type { SchemaEntry } from './schema-entries';
import { findNeedOfRows } from './without-rows';

/** What drift is judged by. */
export interface DriftOptions extends ReplayOptions {
  readonly applied: readonly AppliedRow[];
  readonly fingerprint: string;
  readonly readSchema: () => Promise<readonly SchemaEntry[]>;
  readonly set: MigrationSet;
  readonly engine: string;
}

/** How a schema compares with what it should be. `unchecked`: it is not known what it should be, and this is why. */
export type Drift =
  | { readonly kind: 'checked'; readonly differences: readonly string[] }
  | { readonly kind: 'unchecked'; readonly why: string };

/**
 * Compares the schema with what was recorded by this engine, else with a replay of the applied files.
 *
 * @param options `applied`: not empty.
 */
export async function readDrift(options: DriftOptions): Promise<Drift> {
  const { applied, fingerprint, set, engine } = options;
  const last = applied.at(-1);
  const recorded =
    last?.fingerprintEngine === engine ? last.meta?.fingerprint : undefined;
  if (recorded === fingerprint) return { kind: 'checked', differences: [] };

  const byId = new Map(set.migrations.map(file => [file.id, file]));
  const files = applied.map(({ id }) => byId.get(id));
  const known = files.filter((file): file is SqlFile => file !== undefined);
  const drift: Drift =
    known.length === files.length
      ? await driftFromReplay(known, options)
      : { kind: 'unchecked', why: 'a file of what is applied is missing' };
  return drift.kind === 'checked' || recorded === undefined
    ? drift
    : {
        kind: 'checked',
        differences: ['it is not the one that the last run recorded'],
      };
}

async function driftFromReplay(
  files: readonly SqlFile[],
  options: DriftOptions,
): Promise<Drift> {
  const { set } = options;
  const schema = await options.readSchema();
  const replay = await replaySchema(files, options);
  if (replay.kind === 'impossible') {
    return { kind: 'unchecked', why: replay.why };
  }
  const differences = differencesOf(schema, replay.schema);
  if (differences.length === 0 || set.caches.length === 0) {
    return toDrift(differences, files);
  }
  // A rebuild may make its table anew.
  const withCaches = await replaySchema([...files, ...set.caches], options);
  const isOfCaches =
    withCaches.kind === 'replayed' &&
    differencesOf(schema, withCaches.schema).length === 0;
  return toDrift(isOfCaches ? [] : differences, [...files, ...set.caches]);
}

/** A check changes no row, so what depends on rows may only look like a difference. */
function toDrift(
  differences: readonly string[],
  files: readonly SqlFile[],
): Drift {
  const place = differences.length > 0 ? findNeedOfRows(files) : undefined;
  return place === undefined
    ? { kind: 'checked', differences }
    : {
        kind: 'unchecked',
        why: `${place}: what it makes depends on rows, and a check writes none`,
      };
}
