import {
  nothingToMigrate,
  nothingToRestore,
  plannedMigration,
  plannedRestore,
  refusedMigration,
} from 'backstage-plugin-dojo-common/testUtils';
import { migrationValueOf } from './migrationValueOf';

describe('migrationValueOf', () => {
  it('is the hash of the plan, the release whose SQL runs, and what it leads from and to', () => {
    const result = plannedMigration();

    expect(migrationValueOf(result)).toEqual({
      planHash: result.planHash,
      version: '0.4.0',
      from: '0013_tags',
      to: '0015_integrity',
    });
  });

  it('names the backup that is put back', () => {
    const result = plannedRestore();

    expect(migrationValueOf(result)).toEqual({
      planHash: result.planHash,
      backup: '20261122T071530123Z-0013',
      from: '0015_integrity',
      to: '0013_tags',
    });
  });

  it('has no start where there is no database yet', () => {
    const result = plannedMigration({ database: undefined });
    result.plan.decides.from = undefined;

    expect(migrationValueOf(result)).toEqual({
      planHash: result.planHash,
      version: '0.4.0',
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
