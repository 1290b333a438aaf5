import { backupIdSchema } from 'backstage-plugin-dojo-common';
import { parseBackupId, timeOfBackup, toBackupId } from './backup-id';

const now = new Date('2026-11-22T07:15:30.123Z');

describe('toBackupId', () => {
  it.each([
    ['0013_tags', false, '20261122T071530123Z-0013'],
    ['0013_tags', true, '20261122T071530123Z-0013_replaced'],
    ['0013', true, '20261122T071530123Z-0013_replaced'],
    ['12345_many', false, '20261122T071530123Z-12345'],
    [undefined, false, '20261122T071530123Z-0000'],
    [undefined, true, '20261122T071530123Z-0000_replaced'],
  ])('tells when, of %s, and whether it was replaced: %s', (...given) => {
    const [head, isReplaced, id] = given;
    expect(toBackupId(now, head, { isReplaced })).toBe(id);
    expect(parseBackupId(id)).toEqual({
      at: now.toISOString(),
      level: /\d+/.exec(head ?? '0000')![0],
      isReplaced,
    });
    expect(backupIdSchema.parse(id)).toBe(id);
  });
});

describe('timeOfBackup', () => {
  it.each([
    ['now', [], now.toISOString()],
    ['now', ['2026-11-22T07:15:30.122Z'], now.toISOString()],
    ['later', ['2026-11-22T07:15:30.123Z'], '2026-11-22T07:15:30.124Z'],
    [
      'later than a clock that went wrong',
      ['2031-01-01T00:00:00.999Z', '2026-01-01T00:00:00.000Z'],
      '2031-01-01T00:00:01.000Z',
    ],
    [
      'now beside what has no date',
      ['9999-12-31T23:59:59.999Z', '2026-99-01T00:00:00.000Z'],
      now.toISOString(),
    ],
  ])('is %s', (_, others, time) => {
    const given = timeOfBackup(
      now,
      others.map(at => ({ at })),
    );
    expect(given.toISOString()).toBe(time);
  });
});

describe('parseBackupId', () => {
  it.each([
    '',
    'latest',
    '20261122T071530123Z',
    '20261122T071530123Z-',
    '20261122T071530123Z-0013.wal',
    '20261122T071530123Z-../0013',
    `20261122T071530123Z-${'0'.repeat(65)}`,
  ])('takes %j for no backup', id => {
    expect(parseBackupId(id)).toBeUndefined();
  });
});
