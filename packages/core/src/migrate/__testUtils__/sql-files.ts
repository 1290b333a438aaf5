import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import type { MigrationFile, MigrationSet } from '../files/migration';
import { readMigrations } from '../files/read-migrations';
import type { ReadMigrations } from '../files/read-migrations';
import { textFindings } from '../text-findings';

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

/** Everything that is wrong with a folder of these files. */
export function findingsOf(
  files: Readonly<Record<string, string | Uint8Array>>,
): MigrationFinding[] {
  const { set, findings } = readFiles(files);
  return [...findings, ...textFindings(undefined, set)];
}

/** The set of files in which nothing is wrong. */
export function setOf(files: Readonly<Record<string, string>>): MigrationSet {
  expect(findingsOf(files)).toEqual([]);
  return readFiles(files).set;
}
