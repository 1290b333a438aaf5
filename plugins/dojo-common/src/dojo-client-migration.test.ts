import { DojoClient } from './dojo-client';
import {
  migrationBody as body,
  nothingToMigrate,
  operation,
} from './testUtils';

const running = operation({ lines: ['0014_reconciliation …'] });

function clientAnswering(answer: unknown) {
  const fetch = jest.fn<Promise<Response>, Parameters<typeof globalThis.fetch>>(
    async () => new Response(JSON.stringify(answer)),
  );
  const client = new DojoClient({
    discoveryApi: { getBaseUrl: async id => `http://portal.test/api/${id}` },
    fetchApi: { fetch },
  });
  return { client, fetch };
}

describe('DojoClient', () => {
  it.each([
    ['planMigration', '/plans/migration', nothingToMigrate()],
    ['startRehearsal', '/rehearsals/migration', running],
  ] as const)('%s posts the body to %s', async (method, path, answer) => {
    const { client, fetch } = clientAnswering(answer);
    await expect(client[method](body)).resolves.toEqual(answer);
    const [url, init] = fetch.mock.calls[0];
    expect(url).toBe(`http://portal.test/api/dojo${path}`);
    expect(init).toMatchObject({
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
    });
    expect(JSON.parse(String(init?.body))).toEqual(body);
  });

  it.each(['planMigration', 'startRehearsal'] as const)(
    '%s sends no body that is not valid',
    async method => {
      const { client, fetch } = clientAnswering(running);
      await expect(
        client[method]({ ...body, environment: '' }),
      ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  it.each([
    ['getOperation', 'GET'],
    ['cancelOperation', 'DELETE'],
  ] as const)('%s names the operation and nothing else', async (name, verb) => {
    const { client, fetch } = clientAnswering(running);
    await expect(client[name]('../plans?x#y')).resolves.toEqual(running);
    const [url, init] = fetch.mock.calls[0];
    expect(url).toBe(
      'http://portal.test/api/dojo/operations/..%2Fplans%3Fx%23y',
    );
    expect(init).toMatchObject({ method: verb });
    expect(init).not.toHaveProperty('body');
  });

  it('cancels even where the page goes away', async () => {
    const { client, fetch } = clientAnswering(running);
    await client.cancelOperation('op-1');
    await client.getOperation('op-1');
    expect(fetch.mock.calls.map(([, init]) => init?.keepalive)).toEqual([
      true,
      false,
    ]);
  });

  describe('listEnvironments', () => {
    it('keeps the order of the configuration', async () => {
      const environments = [
        { name: 'staging', migrates: false, deploys: false },
        { name: 'dev', migrates: true, deploys: false },
      ];
      const { client, fetch } = clientAnswering(environments);
      await expect(client.listEnvironments()).resolves.toEqual(environments);
      expect(fetch.mock.calls[0][0]).toBe(
        'http://portal.test/api/dojo/environments',
      );
    });

    it('refuses an answer of another form', async () => {
      const { client } = clientAnswering([{ name: 'dev' }]);
      await expect(client.listEnvironments()).rejects.toMatchObject({
        code: 'ANSWER_INVALID',
        message: expect.stringContaining('0.migrates'),
      });
    });
  });

  it.each([
    ['component:default/ledger', '/components/default/component/ledger'],
    ['ledger', '/components/default/component/ledger'],
    ['component:payments/a b', '/components/payments/component/a%20b'],
  ])('listVersions of %s asks %s', async (ref, path) => {
    const answer = {
      versions: [{ version: '0.4.0', tag: 'v0.4.0', isStable: true }],
      total: 1,
    };
    const { client, fetch } = clientAnswering(answer);
    await expect(client.listVersions(ref)).resolves.toEqual(answer);
    expect(fetch.mock.calls[0][0]).toBe(
      `http://portal.test/api/dojo${path}/versions`,
    );
  });
});
