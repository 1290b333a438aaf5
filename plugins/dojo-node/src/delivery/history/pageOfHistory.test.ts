import {
  deliveryHistoryQuerySchema,
  HistoryEntry,
} from 'backstage-plugin-dojo-common';
import fc from 'fast-check';
import { pageOfHistory } from './pageOfHistory';

const query = (written: object = {}) =>
  deliveryHistoryQuerySchema.parse(written);
const off = { repository: { kind: 'off' as const } };

function rejection(id: number, minute: number): HistoryEntry {
  return {
    kind: 'rejection',
    id: `rejection:v0.0.${id}`,
    at: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
    sentence: 'rejected',
    version: `0.0.${id}`,
    reason: 'wrong',
  };
}

describe('pageOfHistory', () => {
  it('gives each entry once and the newest first, whatever comes in between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        (minutes, limit) => {
          const history = minutes.map((minute, id) => rejection(id, minute));
          const seen: HistoryEntry[] = [];
          let cursor: string | undefined;
          do {
            const page = pageOfHistory(
              // Something new at the top moves nothing below it.
              [rejection(1000 + seen.length, 59), ...history],
              query({ limit, ...(cursor !== undefined && { cursor }) }),
              off,
            );
            seen.push(...page.entries);
            cursor = page.next;
          } while (cursor !== undefined);
          const [, ...rest] = seen;
          expect(new Set(rest.map(({ id }) => id)).size).toBe(history.length);
          expect(rest.map(({ at }) => at)).toEqual(
            history
              .map(({ at }) => at)
              .sort()
              .reverse(),
          );
        },
      ),
      { seed: 1414 },
    );
  });

  it('leaves out what is not asked for', () => {
    const history = [rejection(1, 1), rejection(2, 2)];
    const ids = (written: object) =>
      pageOfHistory(history, query(written), off).entries.map(({ id }) => id);
    expect(ids({ version: '0.0.1' })).toEqual(['rejection:v0.0.1']);
    expect(ids({ kind: 'release' })).toEqual([]);
    expect(ids({ environment: 'dev' })).toEqual([]);
  });

  it('says with the last page where older releases are', () => {
    const repository = {
      kind: 'repository',
      olderReleases: 3,
      url: 'https://forge/ledger',
    } as never;
    const history = [rejection(1, 1), rejection(2, 2)];
    const first = pageOfHistory(history, query({ limit: 1 }), { repository });
    expect(first.olderUrl).toBe(undefined);
    expect(
      pageOfHistory(history, query({ cursor: first.next }), { repository })
        .olderUrl,
    ).toBe('https://forge/ledger');
  });

  it('refuses the cursor of another list', () => {
    const cursor = Buffer.from('[null,"x"]').toString('base64url');
    expect(() => pageOfHistory([], query({ cursor }), off)).toThrow(
      'the cursor is not one of this list',
    );
  });
});
