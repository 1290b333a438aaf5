import { tellWrittenSince } from './written-since';

const table = (name: string, rows: number) => ({ name, rows });

describe('tellWrittenSince', () => {
  it.each([
    [
      [table('transactions', 14)],
      0,
      'Lost with it: 14 rows of transactions written since.',
    ],
    [
      [table('tags', 1), table('transactions', 1400)],
      0,
      'Lost with it: 1,400 rows of transactions and 1 row of tags written since.',
    ],
    [
      'abcdefg'.split('').map(name => table(name, 2)),
      1,
      'Lost with it: 2 rows of a, 2 rows of b, 2 rows of c, 2 rows of d, 2 rows of e and 2 more tables written since. 1 table was not compared.',
    ],
    [
      [],
      2,
      'What is lost with it is not all known: 2 tables were not compared.',
    ],
    [[], 0, undefined],
  ])('says what is lost: %j', (tables, left, sentence) => {
    expect(tellWrittenSince({ tables, left })).toBe(sentence);
  });

  it('says so where nobody knows', () => {
    expect(tellWrittenSince(undefined)).toMatch(/is not known/);
  });
});
