/** What to write instead, by what DuckDB says of what it cannot do; lint says it earlier, where it can see it. */
const hints: readonly (readonly [RegExp, string])[] = [
  [
    /Cannot alter entry ".*" because there are entries that depend on it|an index depends on it/,
    'DROP INDEX every index of that table first, and CREATE INDEX them again after it; for a table that others refer to, make it anew.',
  ],
  [
    /Adding columns with constraints not yet supported/,
    'ADD COLUMN without the constraint, UPDATE it in every row, then ALTER COLUMN … SET NOT NULL.',
  ],
  [
    /No support for that ALTER TABLE option yet|Cannot change the type of a column that has a UNIQUE or PRIMARY KEY/,
    'Make the table anew: CREATE TABLE …_new, INSERT INTO …_new SELECT, DROP TABLE, ALTER TABLE …_new RENAME TO, then its indexes.',
  ],
  [/NOT NULL constraint failed/, 'UPDATE the rows that have no value first.'],
  [
    /Data contains duplicates on indexed column/,
    'DELETE the duplicates first; a -- dojo:assert can prove that there are none.',
  ],
  [
    /is still referenced by a foreign key/,
    'Change what refers to the row first; with -- dojo:split each statement is committed before the next.',
  ],
  [
    /file system operations are disabled by configuration|has been disabled by configuration/,
    'A migration reaches no file and no network: write the rows as INSERT … VALUES.',
  ],
];

/** @returns undefined where there is nothing better to say than to correct it. */
export function hintOf(said: string): string | undefined {
  return hints.find(([pattern]) => pattern.test(said))?.[1];
}
