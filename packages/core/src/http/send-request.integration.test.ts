import { serve } from 'dojo-testing';
import type { FaultyServer } from 'dojo-testing';
import { HttpFailure, sendRequest } from './send-request';

jest.setTimeout(60_000);

const { signal } = new AbortController();

describe('sendRequest', () => {
  let server: FaultyServer;

  beforeEach(async () => {
    server = await serve(async (request, body) => ({
      status: 302,
      headers: {
        location: 'https://elsewhere.test/',
        'x-method': request.method ?? '',
      },
      body,
    }));
  });
  afterEach(() => server.close());

  const send = (body: string | Uint8Array, options = {}) =>
    sendRequest(
      { method: 'PUT', url: new URL(server.url), headers: {}, body },
      { signal, deadline: 5_000, maxBytes: 1_000, ...options },
    );

  it.each([['text'], [new Uint8Array([0, 255, 10])]])(
    'gives the answer as it came, redirect or not (%p)',
    async body => {
      const reply = await send(body);
      expect(reply).toMatchObject({ status: 302 });
      expect(reply.headers.get('x-method')).toBe('PUT');
      expect(Buffer.from(reply.body)).toEqual(Buffer.from(body));
    },
  );

  it.each<[string, HttpFailure['reason'], string, () => Promise<unknown>]>([
    [
      'a dead connection',
      'connection',
      'the connection failed',
      () => {
        server.faults.add({ fault: { kind: 'drop-request' } });
        return send('');
      },
    ],
    [
      'no answer',
      'deadline',
      'no answer within 0.05 s',
      () => {
        server.faults.add({ fault: { kind: 'hang' } });
        return send('', { deadline: 50 });
      },
    ],
    [
      'too much',
      'too-large',
      'the answer is larger than 1000 bytes',
      () => send('x'.repeat(1_001)),
    ],
  ])('says what happened: %s', async (_, reason, what, run) => {
    const error = await run().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(HttpFailure);
    expect(error).toMatchObject({
      reason,
      what: expect.stringContaining(what),
    });
  });
});
