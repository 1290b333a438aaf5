import type { Knex } from 'knex';
import type { SourceMark } from './IndexedComponent';
import { tables } from './indexTables';

/** Statements with many values are cut: SQLite takes no more than some thousand in one. */
const atOnce = 100;

/** Of the sources that were read, or are to be. */
export async function readMarks(
  knex: Knex,
  sources: readonly string[],
): Promise<Map<string, SourceMark>> {
  const found = new Map<string, SourceMark>();
  for (let from = 0; from < sources.length; from += atOnce) {
    const rows = await knex(tables.marks)
      .whereIn('source', sources.slice(from, from + atOnce))
      .select();
    for (const row of rows) found.set(row.source, toMark(row));
  }
  return found;
}

/** Those whose name begins so. @param prefix - without `%` and `_` */
export async function readMarksBelow(
  knex: Knex,
  prefix: string,
): Promise<Map<string, SourceMark>> {
  const rows = await knex(tables.marks)
    .where('source', 'like', `${prefix}%`)
    .select();
  return new Map(rows.map(row => [row.source, toMark(row)]));
}

/** Keeps how readings went. */
export async function writeMarks(
  knex: Knex,
  marks: readonly SourceMark[],
): Promise<void> {
  for (let from = 0; from < marks.length; from += atOnce) {
    await knex(tables.marks)
      .insert(
        marks
          .slice(from, from + atOnce)
          .map(({ source, asOf, nextAt, failures, error, token }) => ({
            source,
            as_of: asOf ?? null,
            next_at: Math.round(nextAt),
            failures,
            error: error ? JSON.stringify(error) : null,
            token: token ?? null,
          })),
      )
      .onConflict('source')
      .merge();
  }
}

/** A turn that one holder has at a time; times in ms since 1970. */
export interface LeaseRequest {
  readonly name: string;
  readonly holder: string;
  readonly now: number;
  readonly until: number;
}

/** Takes the turn where it is free or the holder's own. @returns whether it is the holder's now. */
export async function takeLease(
  knex: Knex,
  { name, holder, now, until }: LeaseRequest,
): Promise<boolean> {
  const source = `lease:${name}`;
  const lease = { source, next_at: until, token: holder };
  const made = await knex(tables.marks)
    .where({ source })
    .andWhere(free => {
      void free.where('next_at', '<', now).orWhere('token', holder);
    })
    .update(lease);
  if (made > 0) return true;
  await knex(tables.marks).insert(lease).onConflict('source').ignore();
  const row = await knex(tables.marks).where({ source }).first('token');
  return row?.token === holder;
}

function toMark(row: {
  source: string;
  as_of: number | string | null;
  next_at: number | string;
  failures: number;
  error: string | null;
  token: string | null;
}): SourceMark {
  return {
    source: row.source,
    nextAt: Number(row.next_at),
    failures: row.failures,
    ...(row.as_of !== null && { asOf: Number(row.as_of) }),
    ...(row.error !== null && { error: JSON.parse(row.error) }),
    ...(row.token !== null && { token: row.token }),
  };
}
