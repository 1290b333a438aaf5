import { DojoClient } from './dojo-client';
import {
  deploymentBody as body,
  mergedDeployment,
  plannedDeployment,
  waitingDeployment,
} from './testUtils';

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

describe('DojoClient.planDeployment', () => {
  it('posts the body to /plans/deployment', async () => {
    const { client, fetch } = clientAnswering(plannedDeployment());

    await expect(client.planDeployment(body)).resolves.toEqual(
      plannedDeployment(),
    );
    const [url, init] = fetch.mock.calls[0];
    expect(url).toBe('http://portal.test/api/dojo/plans/deployment');
    expect(init?.method).toBe('POST');
    expect(JSON.parse(String(init?.body))).toEqual(body);
  });

  it.each([
    ['two versions to bring', { ...body, rollbackTo: 'previous' }],
    ['none', { ...body, version: undefined }],
    [
      'the environment itself as source',
      { ...body, version: undefined, promoteFrom: 'dev' },
    ],
  ])('sends no body with %s', async (_, wrong) => {
    const { client, fetch } = clientAnswering(plannedDeployment());

    await expect(client.planDeployment(wrong)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe('DojoClient.findWaitingDeployment', () => {
  it.each([
    ['a change that waits', { waiting: waitingDeployment() }],
    ['nothing', {}],
  ])('asks for what waits and takes %s', async (_, answer) => {
    const { client, fetch } = clientAnswering(answer);

    await expect(
      client.findWaitingDeployment({
        component: 'ledger',
        environment: 'production',
      }),
    ).resolves.toEqual(answer);
    expect(fetch.mock.calls[0][0]).toBe(
      'http://portal.test/api/dojo/components/default/component/ledger/environments/production/waiting',
    );
  });
});

describe('DojoClient.mergeDeployment', () => {
  const merge = {
    component: 'component:default/ledger',
    environment: 'production',
    planHash: waitingDeployment().planHash,
  };

  it('posts the body to /merges/deployment', async () => {
    const { client, fetch } = clientAnswering(mergedDeployment());

    await expect(client.mergeDeployment(merge)).resolves.toEqual(
      mergedDeployment(),
    );
    const [url, init] = fetch.mock.calls[0];
    expect(url).toBe('http://portal.test/api/dojo/merges/deployment');
    expect(init?.method).toBe('POST');
    expect(JSON.parse(String(init?.body))).toEqual(merge);
  });

  it('merges nothing that was not looked at', async () => {
    const { client, fetch } = clientAnswering(mergedDeployment());

    await expect(
      client.mergeDeployment({ ...merge, planHash: '' }),
    ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(fetch).not.toHaveBeenCalled();
  });
});
