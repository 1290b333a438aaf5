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
});
