import fc from 'fast-check';
import {
  migrationPlanSchema,
  migrationRequestSchema,
} from 'backstage-plugin-dojo-common';
import { planHash } from '../plan/plan-hash';
import { database, file, state } from './__testUtils__/plan-fixture';
import { setOf } from './__testUtils__/sql-files';
import { planMigration } from './plan-migration';

const seed = 20261122;

describe('planMigration', () => {
  it('runs exactly what is not applied, in order, and nothing once that is done', () => {
    const name = fc.constantFrom('core', 'tags', 'Money_2');
    const statement = fc.constantFrom(
      'CREATE TABLE a (x INTEGER)',
      'INSERT INTO a VALUES (1)',
      'UPDATE a SET x = 2',
      'ALTER TABLE a ADD COLUMN y INTEGER',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.array(statement, { minLength: 1 })), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.nat(12),
        fc.boolean(),
        fc.constantFrom('full', 'bare', 'file'),
        (drawn, done, reversed, form) => {
          const entries = drawn.map(
            ([word, statements], at): [string, string] => [
              `${String(at + 1).padStart(4, '0')}_${word}.sql`,
              statements.join(';\n'),
            ],
          );
          const files = setOf(
            Object.fromEntries(reversed ? [...entries].reverse() : entries),
          );
          const ids = entries.map(([path]) => path.replace('.sql', ''));
          const write = (id: string) =>
            ({ full: id, bare: id.slice(0, 4), file: `${id}.sql` }[form] ?? id);
          const planned = (applied: readonly string[]) =>
            planMigration(
              state({
                file: {
                  ...file,
                  applied: applied.map(id => ({ id: write(id) })),
                },
              }),
              migrationRequestSchema.parse({ database }),
              files,
              [],
            );
          const made = planned(ids.slice(0, done));
          expect(made.decides.migrations.map(({ id }) => id)).toEqual(
            ids.slice(done),
          );
          expect(made.shows.to).toBe(ids.at(-1));
          expect(
            made.shows.findings.filter(({ severity }) => severity === 'error'),
          ).toEqual([]);
          expect(planHash(planned(ids.slice(0, done)).decides)).toBe(
            planHash(made.decides),
          );
          const again = planned([
            ...ids.slice(0, done),
            ...made.decides.migrations.map(({ id }) => id),
          ]);
          expect(again.kind).toBe('already-migrated');
          expect(migrationPlanSchema.parse(made).kind).toBe(
            done < ids.length ? 'migrate' : 'already-migrated',
          );
        },
      ),
      { seed },
    );
  });
});
