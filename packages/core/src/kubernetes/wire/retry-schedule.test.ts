import {
  firstPatience,
  isTrouble,
  parseRetryAfter,
  patience,
  pauseAfter,
} from './retry-schedule';
import type { Trouble, Troubled } from './retry-schedule';

const troubled: Troubled = {
  attempts: 1,
  elapsed: 0,
  answered: true,
  repeat: 'always',
  random: 0,
};
const refused: Trouble = { kind: 'wire', isSent: false };
const lost: Trouble = { kind: 'wire', isSent: true };
const status = (code: number, retryAfter?: number): Trouble => ({
  kind: 'status',
  status: code,
  retryAfter,
});

/** Pauses until it gives up, each try failing at once. */
function schedule(trouble: Trouble, more: Partial<Troubled> = {}): number[] {
  const pauses: number[] = [];
  let elapsed = 0;
  for (let attempts = 1; attempts < 100; attempts += 1) {
    const pause = pauseAfter(trouble, {
      ...troubled,
      ...more,
      attempts,
      elapsed,
    });
    if (pause === undefined) return pauses;
    pauses.push(pause);
    elapsed += pause;
  }
  throw new Error('it never gives up');
}

describe('pauseAfter', () => {
  it('doubles up to 4 s and gives up within its patience', () => {
    const pauses = schedule(refused);
    expect(pauses.slice(0, 7)).toEqual([
      200, 400, 800, 1_600, 3_200, 4_000, 4_000,
    ]);
    const total = pauses.reduce((sum, pause) => sum + pause, 0);
    expect(total).toBeGreaterThan(15_000);
    expect(total).toBeLessThanOrEqual(patience);
  });

  it('takes up to half off by chance', () => {
    expect(pauseAfter(refused, { ...troubled, random: 0.5 })).toBe(150);
    expect(schedule(lost, { random: 0.999 }).length).toBeLessThan(30);
  });

  it('gives up soon where nobody has answered yet', () => {
    const pauses = schedule(refused, { answered: false });
    const total = pauses.reduce((sum, pause) => sum + pause, 0);
    expect(total).toBeGreaterThan(1_000);
    expect(total).toBeLessThanOrEqual(firstPatience);
  });

  it('waits as long as the server asks, and not longer than its patience', () => {
    expect(pauseAfter(status(429, 7_000), troubled)).toBe(7_000);
    expect(pauseAfter(status(503, 0), troubled)).toBe(0);
    expect(pauseAfter(status(429, 60_000), troubled)).toBeUndefined();
  });

  it('sends three times in all where the answer is 500', () => {
    expect(schedule(status(500))).toHaveLength(2);
  });

  it('repeats what may be done once only if the server did not look at it', () => {
    const once = { ...troubled, repeat: 'unsent' as const };
    expect(pauseAfter(refused, once)).toBe(200);
    expect(pauseAfter(status(429), once)).toBe(200);
    expect(pauseAfter(lost, once)).toBeUndefined();
    expect(pauseAfter(status(503), once)).toBeUndefined();
    expect(pauseAfter(status(500), once)).toBeUndefined();
  });
});

describe('isTrouble', () => {
  it.each<[number, Parameters<typeof isTrouble>[1], boolean]>([
    [429, undefined, true],
    [502, undefined, true],
    [503, undefined, true],
    [504, undefined, true],
    [409, undefined, false],
    [404, undefined, false],
    [501, undefined, false],
    [500, undefined, true],
    [500, { reason: 'InternalError', message: 'failed calling webhook' }, true],
    [500, { reason: '', message: 'etcdserver: leader changed' }, true],
    [500, { reason: '', message: 'field not declared in schema' }, false],
  ])('%d %j: %p', (code, said, expected) => {
    expect(isTrouble(code, said)).toBe(expected);
  });
});

describe('parseRetryAfter', () => {
  const now = new Date('2026-11-29T12:00:00Z');
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['1', 1_000],
    [' 30 ', 30_000],
    ['Sun, 29 Nov 2026 12:00:05 GMT', 5_000],
    ['Sun, 29 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['99999999999', undefined],
  ])('%j is %p ms', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected);
  });
});
