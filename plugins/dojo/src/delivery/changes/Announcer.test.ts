import {
  deliveryRelease,
  ledgerDelivery,
  unobservedEnvironment,
} from 'backstage-plugin-dojo-common/testUtils';
import { Announcer, togetherMs } from './Announcer';

const dev = unobservedEnvironment();
const before = ledgerDelivery({ environments: [dev] });
const released = ledgerDelivery({
  environments: [dev],
  latest: deliveryRelease({ version: '0.5.0' }),
});
const committed = {
  ...released,
  environments: [
    {
      ...dev,
      mode: 'commit' as const,
      wanted: {
        kind: 'version' as const,
        version: '0.5.0',
        base: '1'.repeat(40),
        commit: '2'.repeat(40),
        at: '2026-11-29T14:03:00.000Z',
        change: 'version' as const,
      },
    },
  ],
};
const kinds = (changes: readonly { kind: string }[]) =>
  changes.map(({ kind }) => kind);

describe('Announcer', () => {
  it('tells nothing of what is seen first', () => {
    expect(new Announcer().next(released, 0)).toEqual([]);
  });

  it('tells what changed since the page was left', () => {
    expect(kinds(new Announcer(before).next(committed, 0))).toEqual([
      'released',
      'committed',
    ]);
  });

  it('tells where a database went, though its level is not told meanwhile', () => {
    const at = (database: (typeof dev)['database']) =>
      ledgerDelivery({ environments: [{ ...dev, database }] });
    const level = (id: string) =>
      at({
        kind: 'level',
        at: id,
        pending: [],
        breakingPending: false,
        ahead: false,
      });
    const announcer = new Announcer(level('0016_rates'));
    const busy = at({ kind: 'migrating', run: 'task:1' });
    expect(announcer.next(busy, 0)).toEqual([]);
    expect(announcer.next(level('0015_integrity'), 1)).toEqual([
      {
        kind: 'restored',
        environment: dev.name,
        from: '0016_rates',
        to: '0015_integrity',
      },
    ]);
    // Who comes back is told the same.
    const left = new Announcer(level('0016_rates'));
    left.next(busy, 0);
    expect(
      kinds(new Announcer(left.seen).next(level('0015_integrity'), 0)),
    ).toEqual(['restored']);
  });

  it('tells together what comes one by one, and later only what is new', () => {
    const near = new Announcer(before);
    expect(kinds(near.next(released, 0))).toEqual(['released']);
    expect(kinds(near.next(committed, togetherMs - 1))).toEqual([
      'released',
      'committed',
    ]);
    const far = new Announcer(before);
    far.next(released, 0);
    expect(kinds(far.next(committed, togetherMs))).toEqual(['committed']);
  });

  it('tells nothing where nothing changed', () => {
    const announcer = new Announcer(before);
    announcer.next(released, 0);
    expect(announcer.next({ ...released }, 1)).toEqual([]);
  });
});
