import type { DojoError } from 'backstage-plugin-dojo-common';
import { duckdbErrors } from './duckdb-errors';
import type { Constraint } from './schema/read-constraints';

/** What a table does not keep any more of what it promises. @param place of the statement, where it is known. */
export function constraintBroken(
  { table, kind, text, columns }: Constraint,
  place: string | undefined,
  why: string,
): DojoError {
  const what = kind === 'NOT NULL' ? `NOT NULL of ${columns.join(', ')}` : text;
  return duckdbErrors.constraintBroken(
    place,
    `${what} of table ${table} ${why}`,
  );
}

/** A foreign key whose table went under another name. */
export function orphaned(
  constraint: Constraint,
  place: string | undefined,
): DojoError {
  return constraintBroken(
    constraint,
    place,
    `leads to ${constraint.parent}, which is not there`,
  );
}
