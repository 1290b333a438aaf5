import {
  executedMigration,
  nothingToMigrate,
  nothingToRestore,
  plannedMigration,
  plannedRestore,
} from '../testUtils';
import { summaryOfMigration } from './summary-of-migration';

const place = { name: 'ledger', environment: 'dev' };
const paragraphs = (result: Parameters<typeof summaryOfMigration>[0]) =>
  summaryOfMigration(result, place).split('\n\n');

describe('summaryOfMigration', () => {
  it('says which release migrated it, from where to where, and what is kept', () => {
    expect(paragraphs(executedMigration())).toEqual([
      'The database of ledger on dev was migrated from `0013_tags` to `0015_integrity` with the migrations of 0.4.0.',
      'The database as it was before is kept beside it as backup `20261122T071530123Z-0013`.',
      'Writes were blocked for 0.8 s.',
    ]);
  });

  it('says that a database was created', () => {
    const result = executedMigration();
    delete result.plan.shows.database;
    delete result.plan.decides.from;
    expect(paragraphs(result)[0]).toBe(
      'The database of ledger on dev was created at `0015_integrity` with the migrations of 0.4.0.',
    );
  });

  it('says that nothing was done', () => {
    expect(paragraphs(nothingToMigrate())).toEqual([
      'Already at 0015; nothing was done.',
    ]);
    expect(paragraphs(nothingToRestore())).toEqual([
      'The database of ledger on dev is backup `20261122T071530123Z-0013` already. Nothing was done.',
    ]);
  });

  it('says of a rebuild that the schema stays', () => {
    const result = executedMigration();
    result.plan.kind = 'rebuild-caches';
    expect(
      paragraphs({
        ...result,
        outcome: 'caches-rebuilt',
        to: '0013_tags',
      })[0],
    ).toBe(
      'The caches of ledger on dev were rebuilt with the files of 0.4.0. Its schema stays at `0013_tags`.',
    );
    const nothing = nothingToMigrate();
    nothing.plan.decides.operation = 'rebuild-caches';
    expect(paragraphs(nothing)[0]).toBe(
      'The database of ledger on dev has no caches to rebuild. Nothing was done.',
    );
  });

  it('says which backup was put back, and what is kept of the database before', () => {
    expect(
      paragraphs({
        ...plannedRestore(),
        outcome: 'restored',
        to: '0013_tags',
        backup: '20261123T090000000Z-0015_replaced',
      }),
    ).toEqual([
      'dev database restored to 0013.',
      'That is backup `20261122T071530123Z-0013` of ledger.',
      'The database that it replaced is kept beside it as backup `20261123T090000000Z-0015_replaced`.',
    ]);
  });

  describe('when it is a dry run', () => {
    it('says where it would lead, and not where the database is now', () => {
      expect(paragraphs(plannedMigration())).toEqual([
        'Dry run: the database of ledger on dev would be migrated from `0013_tags` to `0015_integrity` with the migrations of 0.4.0. Nothing was changed.',
      ]);
      expect(paragraphs(plannedRestore())).toEqual([
        'Dry run: the database of ledger on dev would be restored from backup `20261122T071530123Z-0013`, from `0015_integrity` to `0013_tags`. Nothing was changed.',
      ]);
      const rebuild = plannedMigration();
      rebuild.plan.kind = 'rebuild-caches';
      expect(paragraphs(rebuild)).toEqual([
        'Dry run: the database of ledger on dev would be kept at `0013_tags`, and its caches rebuilt with the files of 0.4.0. Nothing was changed.',
      ]);
    });
  });
});
