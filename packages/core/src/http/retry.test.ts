import {
  isTransient,
  maxWait,
  maxAttempts,
  sendWithRetry,
  sleep,
  toWait,
} from './retry';
import { HttpFailure } from './send-request';
import type { HttpReply, HttpRequest } from './send-request';

const { signal } = new AbortController();
const now = new Date('2026-11-22T10:00:00Z');
const reply = (
  status: number,
  headers: Record<string, string> = {},
): HttpReply => ({
  status,
  headers: new Headers(headers),
  body: new Uint8Array(),
});
const get: HttpRequest = {
  method: 'GET',
  url: new URL('https://registry.test/'),
  headers: {},
};

/** Sends a request to a server that answers by this script. */
async function run(
  script: (HttpReply | HttpFailure)[],
  repeat: 'always' | 'when-busy' = 'always',
) {
  const waits: number[] = [];
  let sent = 0;
  const result = sendWithRetry(
    get,
    {
      send: async () => {
        const next = script[sent];
        sent += 1;
        if (next instanceof Error) throw next;
        return next;
      },
      sleep: async milliseconds => void waits.push(milliseconds),
      clock: { now: () => now },
    },
    { signal, deadline: 1_000, maxBytes: 1, repeat },
  );
  const end = await result.then(
    ({ status }) => status,
    (error: Error) => error.message,
  );
  return { end, sent, waits };
}

describe('sendWithRetry', () => {
  const dead = new HttpFailure('connection', 'reset');

  it('doubles its waits and gives up after four attempts', async () => {
    const { end, sent, waits } = await run(Array(9).fill(reply(503)));
    expect([end, sent]).toEqual([503, maxAttempts]);
    expect(waits).toHaveLength(3);
    waits.forEach((wait, at) => {
      expect(wait).toBeGreaterThan(125 * 2 ** at - 1);
      expect(wait).toBeLessThanOrEqual(250 * 2 ** at);
    });
  });

  it.each<
    [
      string,
      (HttpReply | HttpFailure)[],
      'always' | 'when-busy',
      number | string,
      number,
    ]
  >([
    ['a refusal', [reply(400)], 'always', 400, 1],
    ['a plain 500', [reply(500)], 'always', 500, 1],
    ['dead connections', [dead, dead, reply(200)], 'always', 200, 3],
    [
      'connections that stay dead',
      [dead, dead, dead, dead],
      'always',
      'reset',
      4,
    ],
    ['too much', [new HttpFailure('too-large', 'large')], 'always', 'large', 1],
    ['429 to a write', [reply(429), reply(201)], 'when-busy', 201, 2],
    ['503 to a write', [reply(503)], 'when-busy', 503, 1],
    ['a write that is lost', [dead], 'when-busy', 'reset', 1],
    ['a bug', [new Error('bug') as HttpFailure], 'always', 'bug', 1],
  ])('ends %s as it should', async (_, script, repeat, end, sent) => {
    expect(await run(script, repeat)).toMatchObject({ end, sent });
  });

  it('waits as it is told, and no longer than it may', async () => {
    const told = await run([reply(429, { 'retry-after': '30' }), reply(200)]);
    expect(told).toEqual({ end: 200, sent: 2, waits: [maxWait] });
    const long = await run([reply(429, { 'retry-after': '31' })]);
    expect(long).toEqual({ end: 429, sent: 1, waits: [] });
  });
});

describe('toWait', () => {
  it.each([
    ['3', 3_000],
    ['-3', 0],
    ['Sun, 22 Nov 2026 10:00:05 GMT', 5_000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
  ])('reads Retry-After %s', (value, expected) => {
    expect(toWait(1, reply(503, { 'retry-after': value }), now)).toBe(expected);
  });

  it('does not believe nonsense', () => {
    const wait = toWait(1, reply(503, { 'retry-after': 'soon' }), now);
    expect(wait).toBeLessThanOrEqual(250);
  });
});

describe('isTransient', () => {
  it.each([
    [429, true],
    [503, true],
    [500, false],
    [404, false],
  ])('%i: %s', (status, expected) => {
    expect(isTransient(status)).toBe(expected);
  });
});

describe('sleep', () => {
  it('ends with the reason of the signal', async () => {
    const person = new AbortController();
    const asleep = sleep(60_000, person.signal);
    person.abort(new Error('stopped by a person'));
    await expect(asleep).rejects.toThrow('stopped by a person');
    await expect(sleep(0, person.signal)).rejects.toThrow(
      'stopped by a person',
    );
  });

  it('ends by itself', async () => {
    await expect(sleep(1, signal)).resolves.toBeUndefined();
  });
});
