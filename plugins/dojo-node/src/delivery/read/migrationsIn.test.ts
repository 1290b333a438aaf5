import { migrationsIn } from './migrationsIn';

describe('migrationsIn', () => {
  it('are files that begin with a number, by that number', () => {
    expect(
      migrationsIn([
        '10_c.sql',
        '0002_b.sql',
        '0001_a.sql',
        '0001_a.down.sql',
        'README.md',
        'x.sql',
        '0003.sql',
      ]),
    ).toEqual(['0001_a', '0002_b', '10_c']);
  });
});
