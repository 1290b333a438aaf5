import type { MigrationSet, SqlFile } from '../../migrate/files/migration';
import type { AppliedRow } from './read-applied';
import { replaySchema } from './replay-schema';
import type { ReplayOptions } from './replay-schema';
import { differencesOf } from './schema-entries';
import type { SchemaEntry } from './schema-entries';

/** What drift is judged by. */
export interface DriftOptions extends ReplayOptions {
  readonly applied: readonly AppliedRow[];
  readonly fingerprint: string;
  readonly readSchema: () => Promise<readonly SchemaEntry[]>;
  readonly set: MigrationSet;
  readonly engine: string;
}

/**
 * Compares the schema with what was recorded by this engine, else with a replay of the applied files.
 *
 * @returns the differences; undefined where it is not known what the schema should be.
 */
export async function readDrift(
  options: DriftOptions,
): Promise<string[] | undefined> {
  const { applied, fingerprint, set, engine } = options;
  const last = applied.at(-1);
  if (last === undefined) return undefined;
  const recorded =
    last.fingerprintEngine === engine ? last.meta?.fingerprint : undefined;
  if (recorded === fingerprint) return [];

  const byId = new Map(set.migrations.map(file => [file.id, file]));
  const files = applied.map(({ id }) => byId.get(id));
  const known = files.filter((file): file is SqlFile => file !== undefined);
  const differences =
    known.length === files.length
      ? await differencesOfReplay(known, options)
      : undefined;
  if (differences !== undefined) return differences;
  return recorded === undefined
    ? undefined
    : ['it is not the one that the last run recorded'];
}

async function differencesOfReplay(
  files: readonly SqlFile[],
  options: DriftOptions,
): Promise<string[] | undefined> {
  const { set } = options;
  const schema = await options.readSchema();
  const expected = await replaySchema(files, options);
  const differences = expected && differencesOf(schema, expected);
  if (differences?.length === 0 || set.caches.length === 0) return differences;
  // A rebuild may make its table anew.
  const withCaches = await replaySchema([...files, ...set.caches], options);
  return withCaches && differencesOf(schema, withCaches).length === 0
    ? []
    : differences;
}
