import { readCacheRebuilds, readMigrations } from './migration-files';

describe('readMigrations', () => {
  it('gives 0001 to 0015 without a gap', () => {
    expect(readMigrations().map(file => file.name.slice(0, 5))).toEqual(
      Array.from(
        { length: 15 },
        (_, index) => `${String(index + 1).padStart(4, '0')}_`,
      ),
    );
  });

  it('gives files that leave the table of the runner to the runner', () => {
    const all = [...readMigrations(), ...readCacheRebuilds()];
    expect(all.filter(file => /applied_migrations/.test(file.sql))).toEqual([]);
  });

  it('reads every directive from the headers', () => {
    const files = readMigrations();
    const named = (has: (file: (typeof files)[number]) => boolean) =>
      files.filter(has).map(file => file.name.slice(0, 4));
    expect({
      split: named(file => file.split),
      breaking: named(file => file.breaking),
      irreversible: named(file => file.irreversible),
      assert: named(file => file.asserts.length === 1),
    }).toEqual({
      split: ['0002', '0006', '0012', '0014'],
      breaking: ['0006'],
      irreversible: ['0006'],
      assert: ['0004', '0006', '0009', '0012', '0014', '0015'],
    });
  });
});

describe('readCacheRebuilds', () => {
  it('gives one file for each derived table', () => {
    expect(readCacheRebuilds().map(file => file.name)).toEqual([
      'accounts.sql',
      'budget_category_monthly_state.sql',
    ]);
  });
});
