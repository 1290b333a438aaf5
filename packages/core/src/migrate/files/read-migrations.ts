import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import {
  compareIds,
  migrationName,
  migrationNumber,
  paddedNumber,
} from './file-id';
import type { MigrationFile, MigrationSet, SqlFile } from './migration';
import { readSqlFile } from './read-sql-file';

const cacheName = /^caches\/[A-Za-z0-9][A-Za-z0-9_.-]*\.sql$/;

/** The folder as read. */
export interface ReadMigrations {
  readonly set: MigrationSet;
  /** What is wrong with its names; what is wrong with a text is told by {@link textFindings}. */
  readonly findings: readonly MigrationFinding[];
}

/**
 * Reads a migrations folder: `NNNN_name.sql`, numbered from 0001 without gap or duplicate, and `caches/*.sql`. Files
 * that do not end in `.sql` are none of ours. Throws nothing: what is wrong is a finding of severity `error`.
 * @param display names the source in messages.
 */
export function readMigrations(
  files: readonly MigrationFile[],
  display: string,
): ReadMigrations {
  const findings: MigrationFinding[] = [];
  const migrations: SqlFile[] = [];
  const caches: SqlFile[] = [];
  const highest = Math.max(
    0,
    ...files.map(({ path }) => migrationNumber(path) ?? 0),
  );
  for (const file of files) {
    const place = placeOf(file.path);
    if (place === 'foreign') continue;
    if (place === 'misnamed') {
      findings.push(misnamed(file.path, highest));
      continue;
    }
    (place === 'migration' ? migrations : caches).push(readSqlFile(file));
  }
  migrations.sort((left, right) => compareIds(left.id, right.id));
  caches.sort((left, right) => compareIds(left.id, right.id));
  if (migrations.length === 0 && findings.length === 0) {
    findings.push(none(display));
  }
  return {
    set: { migrations, caches },
    findings: [...sequenceFindings(migrations), ...findings.sort(byFile)],
  };
}

function placeOf(path: string): 'migration' | 'cache' | 'misnamed' | 'foreign' {
  if (!/\.sql$/i.test(path)) return 'foreign';
  if (cacheName.test(path)) return 'cache';
  return path.endsWith('.sql') && migrationName.test(path.slice(0, -4))
    ? 'migration'
    : 'misnamed';
}

function none(display: string): MigrationFinding {
  return {
    code: 'MIGRATIONS_NONE',
    severity: 'error',
    message: `${display} holds no migrations`,
    hint: 'Name the folder that holds 0001_….sql.',
  };
}

function misnamed(path: string, highest: number): MigrationFinding {
  return {
    code: 'FILE_NAME',
    severity: 'error',
    file: path,
    message: `${path} is no name of a migration (0007_tags.sql) or of a cache (caches/balance.sql)`,
    hint: `Rename it to ${suggestedName(
      path,
      highest,
    )}, or move it out of the folder.`,
  };
}

/** Keeps a number that is there, else takes the next one. */
function suggestedName(path: string, highest: number): string {
  const folder = path.startsWith('caches/') ? 'caches/' : '';
  const [, digits, rest = ''] =
    /^[vV]?(\d{1,9})?(.*)$/.exec(
      path.slice(path.lastIndexOf('/') + 1).replace(/\.sql$/i, ''),
    ) ?? [];
  const name =
    rest
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .toLowerCase() || 'change';
  if (folder) return `${folder}${name}.sql`;
  return `${
    digits === undefined
      ? paddedNumber(highest + 1)
      : paddedNumber(Number(digits))
  }_${name}.sql`;
}

/** Numbers that are missing or there twice. */
function sequenceFindings(migrations: readonly SqlFile[]): MigrationFinding[] {
  const findings: MigrationFinding[] = [];
  let previous: { number: number; path: string } | undefined;
  for (const { id, path } of migrations) {
    const number = migrationNumber(id) ?? 0;
    const expected = (previous?.number ?? 0) + 1;
    if (previous?.number === number || number === 0) {
      findings.push(
        number === 0 ? zero(path) : duplicate(path, previous?.path ?? ''),
      );
    } else if (number > expected) {
      findings.push(gap(path, number, expected));
    }
    previous = { number, path };
  }
  return findings;
}

function zero(path: string): MigrationFinding {
  return {
    code: 'MIGRATION_ZERO',
    severity: 'error',
    file: path,
    message: 'the first migration is 0001',
    hint: 'Number the files from 0001.',
  };
}

function duplicate(path: string, other: string): MigrationFinding {
  return {
    code: 'MIGRATION_DUPLICATE',
    severity: 'error',
    file: path,
    message: `${path} has the number of ${other}`,
    hint: 'Give the newer one the next free number.',
  };
}

function gap(path: string, number: number, expected: number): MigrationFinding {
  const last = number - 1;
  return {
    code: 'MIGRATION_GAP',
    severity: 'error',
    file: path,
    message: `${paddedNumber(expected)}${
      last > expected ? ` to ${paddedNumber(last)}` : ''
    } is missing before ${path}`,
    hint: `Add what is missing, or rename it to ${path.replace(
      /^\d+/,
      paddedNumber(expected),
    )}.`,
  };
}

function byFile(left: MigrationFinding, right: MigrationFinding): number {
  return compareIds(left.file ?? '', right.file ?? '');
}
