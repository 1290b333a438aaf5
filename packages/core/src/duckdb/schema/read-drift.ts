import type { MigrationSet, SqlFile } from '../../migrate/files/migration';
import type { JudgedSchema, JudgeOptions } from '../../migrate/ports';
import type { AppliedRow } from './read-applied';
import { replaySchema } from './replay-schema';
import type { ReplayOptions } from './replay-schema';
import { differencesOf } from './schema-entries';
import type { SchemaEntry } from './schema-entries';
import { findNeedOfRows } from './without-rows';

/** What drift is judged by. */
export interface DriftOptions extends Omit<ReplayOptions, 'signal' | 'budget'> {
  readonly applied: readonly AppliedRow[];
  readonly fingerprint: string;
  readonly readSchema: () => Promise<readonly SchemaEntry[]>;
  readonly set: MigrationSet;
  readonly engine: string;
}

/** What is known of a schema, or how to know it, which needs the database no more. */
export type Drift =
  | { readonly kind: 'judged'; readonly judged: JudgedSchema }
  | {
      readonly kind: 'undecided';
      readonly judge: (options: JudgeOptions) => Promise<JudgedSchema>;
    };

/**
 * Compares the schema with what was recorded by this engine, else leaves it to a replay of the applied files.
 *
 * @param options `applied`: not empty.
 */
export async function readDrift(options: DriftOptions): Promise<Drift> {
  const { applied, fingerprint, set, engine } = options;
  const last = applied.at(-1);
  const recorded =
    last?.fingerprintEngine === engine ? last.meta?.fingerprint : undefined;
  if (recorded === fingerprint)
    return { kind: 'judged', judged: { drift: [] } };

  const orElse = (judged: JudgedSchema): JudgedSchema =>
    judged.unchecked === undefined || recorded === undefined
      ? judged
      : { drift: ['it is not the one that the last run recorded'] };
  const byId = new Map(set.migrations.map(file => [file.id, file]));
  const files = applied.map(({ id }) => byId.get(id));
  const known = files.filter((file): file is SqlFile => file !== undefined);
  if (known.length < files.length) {
    const unchecked = 'a file of what is applied is missing';
    return { kind: 'judged', judged: orElse({ unchecked }) };
  }
  const schema = await options.readSchema();
  return {
    kind: 'undecided',
    judge: async limits =>
      orElse(await compareWithReplay(schema, known, { ...options, ...limits })),
  };
}

async function compareWithReplay(
  schema: readonly SchemaEntry[],
  files: readonly SqlFile[],
  options: DriftOptions & ReplayOptions,
): Promise<JudgedSchema> {
  const { set } = options;
  const replay = await replaySchema(files, options);
  if (replay.kind === 'impossible') return { unchecked: replay.why };
  const differences = differencesOf(schema, replay.schema);
  if (differences.length === 0 || set.caches.length === 0) {
    return toJudged(differences, files);
  }
  // A rebuild may make its table anew.
  const withCaches = await replaySchema([...files, ...set.caches], options);
  const isOfCaches =
    withCaches.kind === 'replayed' &&
    differencesOf(schema, withCaches.schema).length === 0;
  return toJudged(isOfCaches ? [] : differences, [...files, ...set.caches]);
}

/** A check changes no row, so what depends on rows may only look like a difference. */
function toJudged(
  differences: readonly string[],
  files: readonly SqlFile[],
): JudgedSchema {
  const place = differences.length > 0 ? findNeedOfRows(files) : undefined;
  return place === undefined
    ? { drift: differences }
    : {
        unchecked: `${place}: what it makes depends on rows, and a check writes none`,
      };
}
