import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import {
  compareIds,
  highestNumber,
  migrationName,
  migrationNumber,
  paddedNumber,
} from './file-id';
import type { MigrationFile, MigrationSet, SqlFile } from './migration';
import { isDownFile } from './find-down-part';
import { readSqlFile } from './read-sql-file';
import { isNumberedByTime, suggestNames } from './suggest-names';

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
  const misnamed: string[] = [];
  const paths = new Set(files.map(({ path }) => path));
  for (const file of files) {
    const { path } = file;
    switch (placeOf(path, paths)) {
      case 'migration':
        migrations.push(readSqlFile(file));
        break;
      case 'cache':
        caches.push(readSqlFile(file));
        break;
      case 'down':
        findings.push(down(path));
        break;
      case 'misnamed':
        misnamed.push(path);
        break;
      default:
    }
  }
  const names = suggestNames([...paths], misnamed);
  findings.push(
    ...misnamed.map(path => misnamedFinding(path, names.get(path) ?? path)),
  );
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

type Place = 'migration' | 'cache' | 'down' | 'misnamed' | 'foreign';

function placeOf(path: string, paths: ReadonlySet<string>): Place {
  if (!/\.sql$/i.test(path) || /(?:^|\/)\./.test(path)) return 'foreign';
  if (isDownFile(path, paths)) return 'down';
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

function misnamedFinding(path: string, suggested: string): MigrationFinding {
  const isOfTime = isNumberedByTime(path);
  const [folder] = /^.*\//.exec(path) ?? [];
  return {
    code: 'FILE_NAME',
    severity: 'error',
    file: path,
    message: isOfTime
      ? `${path} is numbered by a time, and migrations are numbered 0001, 0002, …`
      : `${path} is no name of a migration (0007_tags.sql) or of a cache (caches/balance.sql)${
          folder === undefined || folder === 'caches/'
            ? ''
            : `, and nothing in ${folder} is read`
        }`,
    hint: `Rename it to ${suggested}, or move it out of the folder.${
      isOfTime
        ? ' Where a database has it applied, its row of applied_migrations takes the new name too.'
        : ''
    }`,
  };
}

function down(path: string): MigrationFinding {
  return {
    code: 'FILE_DOWN_PART',
    severity: 'error',
    file: path,
    message: `${path} takes back what another file does, and would run as a migration of its own`,
    hint: 'Remove it: there are no down migrations here, a backup leads back (dojo restore). One that is meant to run has another name.',
  };
}

/** Numbers that are missing or there twice. */
function sequenceFindings(migrations: readonly SqlFile[]): MigrationFinding[] {
  const findings: MigrationFinding[] = [];
  let free = highestNumber(migrations);
  let previous: { number: number; path: string } | undefined;
  for (const { id, path } of migrations) {
    const number = migrationNumber(id) ?? 0;
    const expected = (previous?.number ?? 0) + 1;
    if (previous?.number === number || number === 0) {
      findings.push(
        number === 0
          ? zero(path)
          : duplicate(path, previous?.path ?? '', (free += 1)),
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

function duplicate(
  path: string,
  other: string,
  free: number,
): MigrationFinding {
  return {
    code: 'MIGRATION_DUPLICATE',
    severity: 'error',
    file: path,
    message: `${path} has the number of ${other}`,
    hint: `Give the newer one the next free number, ${paddedNumber(
      free,
    )}: not one that a database has applied.`,
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
