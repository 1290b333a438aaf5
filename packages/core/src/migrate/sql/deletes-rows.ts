import type { DoneStatement } from './prepared-statements';
import { skipWith } from './skip-with';
import { depths, isText } from './token-cursor';

/** Whether every row of its table goes: `TRUNCATE t`, `DELETE FROM t`. */
export function deletesAll({ verb, tokens }: DoneStatement): boolean {
  if (verb === 'TRUNCATE') return true;
  if (verb !== 'DELETE') return false;
  const main = isText(tokens[0], 'WITH') ? skipWith(tokens) : tokens;
  const deep = depths(main);
  return !main.some(
    (token, at) =>
      deep[at] === 0 && (isText(token, 'WHERE') || isText(token, 'USING')),
  );
}

/** Whether rows may go that a condition meets; `MERGE INTO t … THEN DELETE` too. */
export function deletesSome({ verb, tokens }: DoneStatement): boolean {
  return verb === 'DELETE' || mergesAway({ verb, tokens });
}

/** Whether it is a MERGE that deletes: what it changed is then not what it deleted. */
export function mergesAway({ verb, tokens }: DoneStatement): boolean {
  return (
    verb === 'MERGE' &&
    tokens.some(
      (token, at) => isText(token, 'DELETE') && isText(tokens[at - 1], 'THEN'),
    )
  );
}
