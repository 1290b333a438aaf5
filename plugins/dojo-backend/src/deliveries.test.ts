import { mockCredentials } from '@backstage/backend-test-utils';
import { DojoClient, DojoError } from 'backstage-plugin-dojo-common';
import { Deliveries, toBackstageError } from 'backstage-plugin-dojo-node';
import request from 'supertest';
import { startWithDojo } from './__testUtils__/startWithDojo';

const notSetUp = {
  kind: 'not-set-up',
  missing: ['repository' as const],
  yaml: 'annotations:\n',
} as const;
const etag = '"7-abc"';
const path = '/api/dojo/components/default/component/ledger/delivery';

async function startWith(deliveries: Partial<Deliveries>) {
  const started = await startWithDojo({ deliveries });
  const client = new DojoClient({
    discoveryApi: { getBaseUrl: async () => started.url },
    fetchApi: { fetch },
  });
  return { ...started, client };
}

describe('GET …/delivery', () => {
  const get = async () => ({
    delivery: { ...notSetUp, missing: [...notSetUp.missing] },
    etag,
  });

  it('answers what the index says, as the caller', async () => {
    const asked = jest.fn(get);
    const { server } = await startWith({ get: asked });
    const { status, body, headers } = await request(server)
      .get(path)
      .set('Authorization', mockCredentials.user.header('user:default/eve'));

    expect([status, body, headers.etag]).toEqual([200, notSetUp, etag]);
    expect(headers['cache-control']).toBe('private, no-cache');
    expect(asked).toHaveBeenCalledWith(
      { component: 'component:default/ledger' },
      expect.objectContaining({
        credentials: expect.objectContaining({
          principal: { type: 'user', userEntityRef: 'user:default/eve' },
        }),
      }),
    );
  });

  it.each([etag, `W/${etag}`, `"other", ${etag}`])(
    'says that nothing changed since %s',
    async known => {
      const { server } = await startWith({ get });
      const { status, text } = await request(server)
        .get(path)
        .set('If-None-Match', known);
      expect([status, text]).toEqual([304, '']);
    },
  );

  it('answers the typed client, once', async () => {
    const { client } = await startWith({ get });
    const first = await client.getDelivery('ledger');
    expect(first).toEqual({ delivery: notSetUp, etag });
    await expect(client.getDelivery('ledger', { etag })).resolves.toBe(
      undefined,
    );
  });

  it('does not send what its schema does not know', async () => {
    const { server } = await startWith({
      get: async () => ({ delivery: { kind: 'maybe' } as never, etag }),
    });
    const { status } = await request(server).get(path);
    expect(status).toBe(500);
  });

  it('refuses callers without credentials', async () => {
    const asked = jest.fn(get);
    const { server } = await startWith({ get: asked });
    await request(server)
      .get(path)
      .set('Authorization', mockCredentials.none.header())
      .expect(401);
    expect(asked).not.toHaveBeenCalled();
  });

  it('answers what may not be read like what is not there', async () => {
    const { server } = await startWith({
      get: async () => {
        throw toBackstageError(
          new DojoError({
            code: 'COMPONENT_NOT_FOUND',
            kind: 'not-found',
            message: 'it is not in the catalog, or you may not read it',
          }),
        );
      },
    });
    const { status, body } = await request(server).get(path);
    expect([status, body.error.dojo.code]).toEqual([
      404,
      'COMPONENT_NOT_FOUND',
    ]);
  });
});

describe('the other routes of a delivery', () => {
  it('starts a refresh', async () => {
    const { server, client } = await startWith({
      refresh: async () => ({ generation: '8' }),
    });
    await request(server)
      .post(`${path}/refresh`)
      .expect(202, { generation: '8' });
    await expect(client.refreshDelivery('ledger')).resolves.toEqual({
      generation: '8',
    });
  });

  it('hands the questions of the client on', async () => {
    const history = jest.fn(async () => ({ entries: [] }));
    const measures = jest.fn(async () => ({ environments: [] }));
    const where = jest.fn(async () => ({
      kind: 'not-found' as const,
      sentence: '#9: not found.',
    }));
    const log = jest.fn(async () => ({ lines: ['one'] }));
    const { client } = await startWith({ history, measures, where, log });
    const component = 'component:default/ledger';

    await client.listHistory('ledger', { limit: 5, environment: 'dev' });
    await client.getMeasures('ledger', { days: 90 });
    await client.findInDelivery('ledger', '#9');
    await client.getDeliveryLog('ledger', 'dev');

    const call = expect.objectContaining({ signal: expect.any(AbortSignal) });
    expect(history).toHaveBeenCalledWith(
      { component, query: { limit: '5', environment: 'dev' } },
      call,
    );
    expect(measures).toHaveBeenCalledWith(
      { component, query: { days: '90' } },
      call,
    );
    expect(where).toHaveBeenCalledWith({ component, ref: '#9' }, call);
    expect(log).toHaveBeenCalledWith({ component, environment: 'dev' }, call);
  });

  it.each(['where', 'log', 'where?ref=', 'log?environment=dev&more=1'])(
    'names what is wrong with %s',
    async question => {
      const { server } = await startWith({});
      const { status, body } = await request(server).get(`${path}/${question}`);
      expect([status, body.error.dojo.code]).toEqual([400, 'INPUT_INVALID']);
    },
  );
});

describe('GET /deliveries', () => {
  it('hands the question on and answers the page', async () => {
    const page = {
      generation: '9',
      now: '2026-11-29T12:00:00.000Z',
      rows: [],
      total: 0,
      counts: {
        attention: 0,
        drifted: 0,
        pending: 0,
        waiting: 0,
        behind: 0,
        unreleased: 0,
        unfinished: 0,
        late: 0,
      },
      sources: [],
      ownsAny: false,
    };
    const list = jest.fn(async () => page);
    const { client } = await startWith({ list });
    await expect(
      client.listDeliveries({ owned: true, sort: 'name' }),
    ).resolves.toEqual(page);
    expect(list).toHaveBeenCalledWith(
      { owned: 'true', sort: 'name' },
      expect.anything(),
    );
  });
});
