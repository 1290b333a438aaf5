import { restoresOf } from './restores-of';

const backup = (time: string, level: string, isReplaced = false) => ({
  id: `20261129T${time}000Z-${level}${isReplaced ? '_replaced' : ''}`,
  at: `2026-11-29T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}.000Z`,
  level,
  isReplaced,
});
const applied = (id: string, time?: string) => ({
  id,
  ...(time !== undefined && { at: `2026-11-29T${time}.000Z` }),
});

describe('restoresOf', () => {
  it('tells each restore with the levels before and after it', () => {
    const backups = [
      backup('150000', '0015', true),
      backup('130000', '0014'),
      backup('120000', '0015', true),
      backup('110000', '0013'),
    ];
    const now = [
      applied('0013_core', '10:00:00'),
      applied('0014_more', '14:00:00'),
      applied('0015_rates', '16:00:00'),
    ];
    expect(restoresOf(backups, now)).toEqual([
      {
        backup: '20261129T120000000Z-0015_replaced',
        at: '2026-11-29T12:00:00.000Z',
        from: '0015_rates',
        to: '0014_more',
      },
      {
        backup: '20261129T150000000Z-0015_replaced',
        at: '2026-11-29T15:00:00.000Z',
        from: '0015_rates',
        to: '0014_more',
      },
    ]);
  });

  it('says empty where nothing was applied, and nothing where nobody knows', () => {
    const one = [backup('120000', '0000', true)];
    expect(restoresOf(one, [])).toMatchObject([{ from: 'empty', to: 'empty' }]);
    expect(restoresOf(one, [applied('0001_core')])[0].to).toBeUndefined();
    expect(restoresOf([backup('110000', '0001')], [])).toEqual([]);
  });
});
