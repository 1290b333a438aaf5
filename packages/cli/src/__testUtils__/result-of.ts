import {
  migrationResultSchema,
  parseInput,
} from 'backstage-plugin-dojo-common';
import type { MigrationResult } from 'backstage-plugin-dojo-common';
import type { RunOutput } from './run-dojo';

/** What `--json` of a migration printed: exactly what the schema says, and nothing else. */
export function resultOf({ stdout }: RunOutput): MigrationResult {
  return parseInput(
    migrationResultSchema.strict(),
    JSON.parse(stdout),
    'the result',
  );
}
