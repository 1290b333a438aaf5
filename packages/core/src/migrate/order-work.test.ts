import fc from 'fast-check';
import { setOf } from './__testUtils__/sql-files';
import { orderWork } from './order-work';
import type { PlannedFile } from './ports';

const seed = 20261122;

function planned(
  files: readonly { sql: string; transaction: 'one' | 'statement' }[],
): PlannedFile[] {
  const { migrations } = setOf(
    Object.fromEntries(
      files.map(({ sql }, at) => [
        `${String(at + 1).padStart(4, '0')}_f.sql`,
        sql,
      ]),
    ),
  );
  return migrations.map((file, at) => ({
    file,
    transaction: files[at].transaction,
  }));
}

const told = (files: readonly PlannedFile[], order: 'file' | 'ddl-first') =>
  orderWork(files, order).map(
    ({ planned: { file }, statements, completes }) => [
      file.id,
      statements.map(({ text }) => text).join('; '),
      completes,
    ],
  );

describe('orderWork', () => {
  const files = planned([
    {
      sql: 'CREATE TABLE a (x INT); INSERT INTO a VALUES (1)',
      transaction: 'one',
    },
    {
      sql: 'UPDATE a SET x = 2; ALTER TABLE a ADD y INT',
      transaction: 'statement',
    },
    { sql: 'CREATE TABLE b (x INT)', transaction: 'one' },
  ]);

  it('goes file by file', () => {
    expect(told(files, 'file')).toEqual([
      ['0001_f', 'CREATE TABLE a (x INT); INSERT INTO a VALUES (1)', true],
      ['0002_f', 'UPDATE a SET x = 2', false],
      ['0002_f', 'ALTER TABLE a ADD y INT', true],
      ['0003_f', 'CREATE TABLE b (x INT)', true],
    ]);
  });

  it('goes through all DDL first, where that is asked', () => {
    expect(told(files, 'ddl-first')).toEqual([
      ['0001_f', 'CREATE TABLE a (x INT)', false],
      ['0002_f', 'ALTER TABLE a ADD y INT', false],
      ['0003_f', 'CREATE TABLE b (x INT)', true],
      ['0001_f', 'INSERT INTO a VALUES (1)', true],
      ['0002_f', 'UPDATE a SET x = 2', true],
    ]);
  });

  it('runs every statement once, in its kind’s order, and completes every file once, with its last', () => {
    const statement = fc.constantFrom(
      'CREATE TABLE a (x INT)',
      'INSERT INTO a VALUES (1)',
      'SELECT 1',
    );
    const file = fc.record({
      sql: fc
        .array(statement, { minLength: 1, maxLength: 4 })
        .map(all => all.join('; ')),
      transaction: fc.constantFrom('one' as const, 'statement' as const),
    });
    fc.assert(
      fc.property(
        fc.array(file, { maxLength: 5 }).filter(all => all.length > 0),
        fc.constantFrom('file' as const, 'ddl-first' as const),
        (drawn, order) => {
          const all = planned(drawn);
          const work = orderWork(all, order);
          const ran = work.flatMap(
            ({
              planned: {
                file: { id },
              },
              statements,
            }) => statements.map(({ text, kind }) => ({ id, text, kind })),
          );
          const written = all.flatMap(({ file: { id, statements } }) =>
            statements.map(({ text, kind }) => ({ id, text, kind })),
          );
          const passes =
            order === 'file'
              ? [() => true]
              : [
                  (kind: string) => kind === 'ddl',
                  (kind: string) => kind !== 'ddl',
                ];
          expect(ran).toEqual(
            passes.flatMap(is => written.filter(({ kind }) => is(kind))),
          );
          for (const {
            file: { id },
          } of all) {
            const own = work.filter(one => one.planned.file.id === id);
            expect(own.map(({ completes }) => completes)).toEqual(
              own.map((_, at) => at === own.length - 1),
            );
          }
        },
      ),
      { seed },
    );
  });
});
