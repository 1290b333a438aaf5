import {
  nothingToMigrate,
  nothingToRestore,
  plannedMigration,
  refusedMigration,
} from 'backstage-plugin-dojo-common/testUtils';
import { migrationValueOf } from './migrationValueOf';

describe('migrationValueOf', () => {
  it('is the hash of the plan, and what it leads from and to', () => {
    const result = plannedMigration();

    expect(migrationValueOf(result)).toEqual({
      planHash: result.planHash,
      from: '0013_tags',
      to: '0015_integrity',
    });
  });

  it('has no start where there is no database yet', () => {
    const result = plannedMigration({ database: undefined });
    result.plan.decides.from = undefined;

    expect(migrationValueOf(result)).toEqual({
      planHash: result.planHash,
      to: '0015_integrity',
    });
  });

  it.each([
    ['there is nothing to do', nothingToMigrate()],
    ['the database is that backup', nothingToRestore()],
    ['the plan is refused', refusedMigration()],
  ])('is absent where %s', (_, result) => {
    expect(migrationValueOf(result)).toBeUndefined();
  });
});
