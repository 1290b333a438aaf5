import { differencesOf } from './schema-entries';

const table = { name: 'table main.t', definition: 'CREATE TABLE t(a INTEGER)' };
const comment = { name: 'column main.t.a', definition: '-- in cents' };

describe('differencesOf', () => {
  it('says that a comment on a column differs, not the column', () => {
    expect(differencesOf([table, comment], [table])).toEqual([
      'the comment of column main.t.a is in no migration',
    ]);
    expect(differencesOf([table], [table, comment])).toEqual([
      'the comment of column main.t.a is missing',
    ]);
    expect(
      differencesOf([{ ...comment, definition: '-- in euros' }], [comment]),
    ).toEqual([
      'the comment of column main.t.a is -- in euros and should be -- in cents',
    ]);
  });

  it('shows of long definitions where they begin to differ', () => {
    const columns = Array.from({ length: 40 }, (_, n) => `column_${n} INTEGER`);
    const long = `CREATE TABLE t(${columns.join(', ')});`;
    const byHand = long.replace(');', ', hacked INTEGER);');

    expect(
      differencesOf(
        [{ ...table, definition: byHand }],
        [{ ...table, definition: long }],
      ),
    ).toEqual([
      expect.stringMatching(
        /^table main\.t is ….*column_39 INTEGER, hacked INTEGER\); and should be ….*column_39 INTEGER\);$/,
      ),
    ]);
  });

  it('sees each of the overloads of a macro', () => {
    const one = { name: 'macro main.f', definition: 'macro[a] AS a' };
    const two = { name: 'macro main.f', definition: 'macro[a, b] AS (a + b)' };
    const byHand = { ...one, definition: 'macro[a] AS (-a)' };

    expect(differencesOf([one, two], [one, two])).toEqual([]);
    expect(differencesOf([byHand, two], [one, two])).toEqual([
      'macro main.f is macro[a] AS (-a), macro[a, b] AS (a + b) and should be macro[a] AS a, macro[a, b] AS (a + b)',
    ]);
    expect(differencesOf([two], [one, two])).toHaveLength(1);
  });
});
