import { DojoClient } from './dojo-client';
import { DojoError } from './dojo-error';
import { nothingToRelease } from './testUtils';

function clientOf(answer: () => Promise<Response>) {
  const fetch = jest.fn<Promise<Response>, Parameters<typeof globalThis.fetch>>(
    answer,
  );
  const client = new DojoClient({
    discoveryApi: { getBaseUrl: async id => `http://portal.test/api/${id}` },
    fetchApi: { fetch },
  });
  return { client, fetch };
}

const answering = (status: number, body: unknown) =>
  clientOf(
    async () =>
      new Response(typeof body === 'string' ? body : JSON.stringify(body), {
        status,
        statusText: 'Some Status',
      }),
  );

const body = { component: 'component:default/ledger', bump: 'minor' } as const;

describe('DojoClient', () => {
  describe('planRelease', () => {
    it('posts the body and returns the checked answer', async () => {
      const { client, fetch } = answering(200, nothingToRelease());
      const { signal } = new AbortController();

      await expect(client.planRelease(body, { signal })).resolves.toEqual(
        nothingToRelease(),
      );
      expect(fetch).toHaveBeenCalledTimes(1);
      const [url, init] = fetch.mock.calls[0];
      expect(url).toBe('http://portal.test/api/dojo/plans/release');
      expect(init).toMatchObject({ method: 'POST', signal });
      expect(JSON.parse(String(init?.body))).toEqual(body);
    });

    describe('when the body is not valid', () => {
      it('sends nothing', async () => {
        const { client, fetch } = answering(200, nothingToRelease());
        await expect(
          client.planRelease({ component: '' }),
        ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
        expect(fetch).not.toHaveBeenCalled();
      });
    });

    describe('when the backend refuses with an error of ours', () => {
      it('throws that very error', async () => {
        const error = {
          code: 'BRANCH_MISSING',
          kind: 'not-found',
          message: 'branch x is not there',
          hint: 'Name another one.',
        } as const;
        const { client } = answering(404, {
          error: { name: 'NotFoundError', message: '…', dojo: error },
        });
        const thrown = await client.planRelease(body).catch(e => e);
        expect(thrown).toBeInstanceOf(DojoError);
        expect(thrown.toJSON()).toEqual(error);
      });
    });

    it.each([
      [403, { error: { message: 'Unauthorized' } }, 'denied'],
      [404, 'no such page', 'not-found'],
      [409, {}, 'conflict'],
      [418, {}, 'input'],
      [502, '<html>', 'unavailable'],
    ])(
      'turns a foreign %d into an error of kind',
      async (status, reply, kind) => {
        const { client } = answering(status, reply);
        await expect(client.planRelease(body)).rejects.toMatchObject({
          code: 'BACKEND_FAILED',
          kind,
          message: expect.stringContaining(String(status)),
        });
      },
    );

    it('says of a 401 that the session has expired', async () => {
      const { client } = answering(401, {
        error: { message: 'Missing credentials' },
      });
      await expect(client.planRelease(body)).rejects.toMatchObject({
        code: 'SESSION_EXPIRED',
        kind: 'denied',
      });
    });

    it('says the same where the app could not renew it', async () => {
      const { client } = clientOf(async () => {
        // As the ResponseError of @backstage/errors.
        throw Object.assign(new Error('Request failed with 401'), {
          statusCode: 401,
        });
      });
      await expect(client.planRelease(body)).rejects.toMatchObject({
        code: 'SESSION_EXPIRED',
      });
    });

    it.each(['', '[]', '{"outcome":"released"}'])(
      'says that the answer %j is not known',
      async text => {
        const { client } = answering(200, text);
        await expect(client.planRelease(body)).rejects.toMatchObject({
          code: 'ANSWER_INVALID',
          kind: 'unavailable',
        });
      },
    );

    describe('when the backend cannot be reached', () => {
      it('says so with the reason', async () => {
        const { client } = clientOf(async () => {
          throw new TypeError('Failed to fetch');
        });
        const thrown = await client.planRelease(body).catch(e => e);
        expect(thrown.toJSON()).toMatchObject({
          code: 'BACKEND_UNREACHABLE',
          message: "the portal's backend cannot be reached: Failed to fetch",
        });
      });
    });

    describe('when aborted', () => {
      it('throws the abort, not an error of ours', async () => {
        const abort = new AbortController();
        const { client } = clientOf(async () => {
          abort.abort();
          throw abort.signal.reason;
        });
        await expect(
          client.planRelease(body, { signal: abort.signal }),
        ).rejects.toMatchObject({ name: 'AbortError' });
      });
    });
  });
});
