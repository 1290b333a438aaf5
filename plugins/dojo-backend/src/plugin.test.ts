import { mockCredentials } from '@backstage/backend-test-utils';
import { DojoClient, DojoError } from 'backstage-plugin-dojo-common';
import { nothingToRelease } from 'backstage-plugin-dojo-common/testUtils';
import { DojoService, toBackstageError } from 'backstage-plugin-dojo-node';
import request from 'supertest';
import { startWithDojo } from './__testUtils__/startWithDojo';

const planned = nothingToRelease();

async function startWith(plan: DojoService['releases']['plan']) {
  return startWithDojo({ releases: { plan: jest.fn(plan) } });
}

const body = { component: 'component:default/ledger', bump: 'minor' } as const;

describe('dojoPlugin', () => {
  describe('POST /plans/release', () => {
    it('plans as the caller and answers with the plan', async () => {
      const { server, dojo } = await startWith(async () => planned);
      const { status, body: answer } = await request(server)
        .post('/api/dojo/plans/release')
        .set('Authorization', mockCredentials.user.header('user:default/eve'))
        .send(body);

      expect([status, answer]).toEqual([200, planned]);
      expect(dojo.releases.plan).toHaveBeenCalledWith(
        {
          component: 'component:default/ledger',
          choices: expect.objectContaining({ bump: 'minor', preid: 'rc' }),
        },
        {
          credentials: expect.objectContaining({
            principal: { type: 'user', userEntityRef: 'user:default/eve' },
          }),
          signal: expect.any(AbortSignal),
        },
      );
      expect(dojo.releases.release).not.toHaveBeenCalled();
    });

    it('answers the typed client', async () => {
      const { url } = await startWith(async () => planned);
      const client = new DojoClient({
        discoveryApi: { getBaseUrl: async () => url },
        fetchApi: { fetch },
      });
      await expect(client.planRelease(body)).resolves.toEqual(planned);
    });

    it('refuses callers without credentials', async () => {
      const { server, dojo } = await startWith(async () => planned);
      const { status } = await request(server)
        .post('/api/dojo/plans/release')
        .set('Authorization', mockCredentials.none.header())
        .send(body);
      expect(status).toBe(401);
      expect(dojo.releases.plan).not.toHaveBeenCalled();
    });

    it.each([
      [{}, 'component: Required'],
      [
        { ...body, bump: 'huge', date: 'today' },
        /bump: must be .*; date: must/,
      ],
      [{ ...body, repository: 'https://evil.test/x' }, "'repository'"],
    ])('names what is wrong with %j', async (wrong, message) => {
      const { server, dojo } = await startWith(async () => planned);
      const { status, body: answer } = await request(server)
        .post('/api/dojo/plans/release')
        .send(wrong);
      expect(status).toBe(400);
      expect(answer.error).toMatchObject({
        name: 'InputError',
        dojo: { code: 'INPUT_INVALID', kind: 'input' },
      });
      expect(answer.error.message).toMatch(message);
      expect(dojo.releases.plan).not.toHaveBeenCalled();
    });

    it('keeps code and hint of what the service throws, and no stack', async () => {
      const thrown = new DojoError({
        code: 'RELEASE_VERSION_TAKEN',
        kind: 'refused',
        message: '1.5.0 is taken',
        hint: 'The next free one is 1.5.1.',
      });
      const { server, url } = await startWith(async () => {
        throw toBackstageError(thrown);
      });
      const { status, body: answer } = await request(server)
        .post('/api/dojo/plans/release')
        .send(body);
      expect([status, answer.error]).toEqual([
        409,
        {
          name: 'ConflictError',
          message:
            '1.5.0 is taken (RELEASE_VERSION_TAKEN) — The next free one is 1.5.1.',
          dojo: thrown.toJSON(),
        },
      ]);

      const client = new DojoClient({
        discoveryApi: { getBaseUrl: async () => url },
        fetchApi: { fetch },
      });
      const received = await client.planRelease(body).catch(error => error);
      expect(received.toJSON()).toEqual(thrown.toJSON());
    });

    it('does not send an answer that its schema does not know', async () => {
      const { server } = await startWith(
        async () => ({ ...planned, outcome: 'maybe' } as never),
      );
      const { status } = await request(server)
        .post('/api/dojo/plans/release')
        .send(body);
      expect(status).toBe(500);
    });

    describe('when the client goes away', () => {
      it('aborts the plan', async () => {
        const abort = new AbortController();
        const aborted = new Promise<unknown>(resolve => {
          void startWith(async (_request, { signal }) => {
            signal.addEventListener('abort', () => resolve(signal.reason));
            abort.abort();
            return new Promise(() => {});
          }).then(async ({ url }) => {
            await fetch(`${url}/plans/release`, {
              method: 'POST',
              signal: abort.signal,
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify(body),
            }).catch(() => undefined);
          });
        });
        await expect(aborted).resolves.toMatchObject({
          message: 'the client went away',
        });
      });
    });
  });

  it('registers the permissions of the suite', async () => {
    const { server } = await startWith(async () => planned);
    const { body: metadata } = await request(server).get(
      '/api/dojo/.well-known/backstage/permissions/metadata',
    );
    expect(
      metadata.permissions.map((each: { name: string }) => each.name),
    ).toEqual([
      'dojo.delivery.read',
      'dojo.delivery.logs',
      'dojo.release.create',
      'dojo.migration.run',
      'dojo.deployment.create',
      'dojo.service.create',
      'dojo.environment.change',
    ]);
    expect(metadata.rules).toMatchObject([
      { name: 'IS_NAMED', resourceType: 'dojo-environment' },
    ]);
  });
});
