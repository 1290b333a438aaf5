import type { MigrationFile, MigrationSet } from '../migration';
import { readMigrations } from '../read-migrations';
import type { ReadMigrations } from '../read-migrations';

/** Files by path, as a source gives them. */
export function sqlFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
): MigrationFile[] {
  return Object.entries(files).map(([path, content]) => ({
    path,
    bytes:
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
  }));
}

/** The folder of these files, read. */
export function readFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
): ReadMigrations {
  return readMigrations(sqlFiles(files), 'migrations');
}

/** The set of files in which nothing is wrong. */
export function setOf(files: Readonly<Record<string, string>>): MigrationSet {
  const { set, findings } = readFiles(files);
  expect(findings).toEqual([]);
  return set;
}
