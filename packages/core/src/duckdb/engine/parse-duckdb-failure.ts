import type { DojoError } from 'backstage-plugin-dojo-common';
import { duckdbErrors } from '../duckdb-errors';
import { isSpillLimited, memorySetting } from './engine-limits';
import { toPrintable } from '../../text/to-printable';

const maxSaidLength = 500;

/** The first line of what DuckDB says, with the kind of error and without its stack. */
export function saidByDuckdb(error: unknown): string {
  return toPrintable(
    messageOf(error)
      .split('\n')[0]
      .replace(/^Failed to extract statements: /, '')
      .trim(),
  ).slice(0, maxSaidLength);
}

/** The line that DuckDB's `LINE 7: …` names, from 1. */
export function lineOfFailure(error: unknown): number | undefined {
  const line = /^LINE (\d+):/m.exec(messageOf(error))?.[1];
  return line === undefined ? undefined : Number(line);
}

/** Whether a WAL is sound, but holds what a read-only database cannot replay: an index is written as it is made. */
export function needsWriter(error: unknown): boolean {
  return /Failure while replaying WAL file.*Could not write file.*Bad file descriptor/.test(
    messageOf(error),
  );
}

/** Whether it is the SQL of a column that fails, over rows that may be sound. */
export function isOfSql(error: unknown): boolean {
  return /^(?:Catalog|Binder|Conversion|Invalid Input|Out of Range) Error/.test(
    saidByDuckdb(error),
  );
}

/** Whether there is no more space to write to, by the disk, a quota or a limit of the process. */
export function isDiskFull(said: string): boolean {
  return /failed to offload data block|No space left on device|Disk quota exceeded|File too large|ENOSPC|EDQUOT|EFBIG/.test(
    said,
  );
}

/**
 * Which of disk, memory and room to spill was too little; undefined: none of them.
 *
 * @param place what was running.
 */
export function whatRanOut(
  said: string,
  database: string,
  place?: string,
): DojoError | undefined {
  // DuckDB spills to nine tenths of what is free, and then says that it has no memory.
  if (isSpillLimited() && /failed to offload data block/.test(said)) {
    return duckdbErrors.spillRanOut(database, place);
  }
  if (isDiskFull(said)) return duckdbErrors.spaceRanOut(database, place);
  return /Out of Memory Error/.test(said)
    ? duckdbErrors.memoryRanOut(database, memorySetting(), place)
    : undefined;
}

/** Why a database could not be attached, read or folded. */
export function parseDuckdbFailure(
  error: unknown,
  database: string,
): DojoError {
  const text = messageOf(error);
  const said = saidByDuckdb(error);
  if (/Could not set lock on file/.test(text)) {
    return duckdbErrors.locked(database, toHolder(text));
  }
  const ranOut = whatRanOut(text, database);
  if (ranOut) return ranOut;
  if (needsWriter(error)) {
    return duckdbErrors.walNeedsWriter(database, `${database}.wal`);
  }
  if (
    /unknown index type|need to load the extension|Extension "?\w+"? (?:is )?not (?:loaded|found)/i.test(
      text,
    )
  ) {
    return duckdbErrors.needsExtension(database, said);
  }
  if (/encrypted database .* without a key/.test(text)) {
    return duckdbErrors.encrypted(database);
  }
  if (/Failure while replaying (?:checkpoint )?WAL file/.test(text)) {
    return duckdbErrors.walStale(database, `${database}.wal`, said);
  }
  if (/not a valid DuckDB database file/.test(text)) {
    return duckdbErrors.notDuckdb(database, said);
  }
  if (
    /Permission denied|Operation not permitted|Read-only file system/.test(text)
  ) {
    return duckdbErrors.unreadable(database, said);
  }
  return duckdbErrors.broken(database, said);
}

/** `… Conflicting lock is held in /usr/bin/node (PID 42) by user x. See also …` */
function toHolder(text: string): string {
  const holder = /lock is held in (.+?)\s*\(PID (\d+)\)/.exec(text);
  return holder
    ? `${toPrintable(holder[1])} (PID ${holder[2]})`
    : 'another process';
}

/** Native code makes its errors where `instanceof` does not see it. */
function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
