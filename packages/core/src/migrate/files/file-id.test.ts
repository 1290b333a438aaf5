import { setOf } from '../__testUtils__/sql-files';
import { compareIds, migrationNumber, toFileId } from './file-id';

describe('toFileId', () => {
  const set = setOf({
    '0001_core.sql': 'SELECT 1',
    '0002_tags.sql': 'SELECT 2',
  });

  it.each([
    ['0001', '0001_core'],
    ['0001_core', '0001_core'],
    ['0001_core.sql', '0001_core'],
    ['00002', '0002_tags'],
    ['0003', '0003'],
    ['0001_other', '0001_other'],
    ['by hand', 'by hand'],
  ])('reads %s as %s', (applied, id) => {
    expect(toFileId(applied, set)).toBe(id);
  });
});

describe('migrationNumber', () => {
  it.each([
    ['0007_tags', 7],
    ['0007', 7],
    ['12345_x', 12345],
    ['007_x', undefined],
    ['0007x', undefined],
    ['tags', undefined],
  ])('of %s is %s', (id, number) => {
    expect(migrationNumber(id)).toBe(number);
  });
});

describe('compareIds', () => {
  it('sorts by number, then by name, and what has no number last', () => {
    expect(
      ['b', '10000_a', '0002_b', 'a', '0002_a', '9999_z', '0002_a'].sort(
        compareIds,
      ),
    ).toEqual(['0002_a', '0002_a', '0002_b', '9999_z', '10000_a', 'a', 'b']);
  });
});
