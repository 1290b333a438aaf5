import { mockCredentials } from '@backstage/backend-test-utils';
import { DojoClient } from 'backstage-plugin-dojo-common';
import { plannedDeployment } from 'backstage-plugin-dojo-common/testUtils';
import type { DojoService } from 'backstage-plugin-dojo-node';
import request from 'supertest';
import { startWithDojo } from './__testUtils__/startWithDojo';

const planned = plannedDeployment();
const body = {
  component: 'component:default/ledger',
  environment: 'dev',
  version: 'v0.3.0',
  storage: { size: '1Gi' },
} as const;

async function startWith(plan: DojoService['deployments']['plan']) {
  return startWithDojo({ deployments: { plan: jest.fn(plan) } });
}

describe('POST /plans/deployment', () => {
  it('plans as the caller and answers with the plan', async () => {
    const { server, dojo } = await startWith(async () => planned);
    const { status, body: answer } = await request(server)
      .post('/api/dojo/plans/deployment')
      .set('Authorization', mockCredentials.user.header('user:default/eve'))
      .send(body);

    expect([status, answer]).toEqual([200, planned]);
    expect(dojo.deployments.plan).toHaveBeenCalledWith(
      {
        component: 'component:default/ledger',
        environment: 'dev',
        choices: { version: 'v0.3.0', storage: { size: '1Gi' } },
      },
      {
        credentials: expect.objectContaining({
          principal: { type: 'user', userEntityRef: 'user:default/eve' },
        }),
        signal: expect.any(AbortSignal),
      },
    );
    expect(dojo.deployments.deploy).not.toHaveBeenCalled();
  });

  it('answers the typed client', async () => {
    const { url } = await startWith(async () => planned);
    const client = new DojoClient({
      discoveryApi: { getBaseUrl: async () => url },
      fetchApi: { fetch },
    });
    await expect(client.planDeployment(body)).resolves.toEqual(planned);
    await expect(
      client.planDeployment({ ...body, rollbackTo: 'previous' }),
    ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('refuses callers without credentials', async () => {
    const { server, dojo } = await startWith(async () => planned);
    const { status } = await request(server)
      .post('/api/dojo/plans/deployment')
      .set('Authorization', mockCredentials.none.header())
      .send(body);
    expect(status).toBe(401);
    expect(dojo.deployments.plan).not.toHaveBeenCalled();
  });

  it.each<[object, RegExp]>([
    [{}, /component: Required; environment: Required/],
    [{ ...body, version: undefined }, /version: exactly one of/],
    [{ ...body, infra: 'https://evil.test/x' }, /'infra'/],
    [{ ...body, planHash: 'a'.repeat(64) }, /'planHash'/],
  ])('names what is wrong with %j', async (wrong, message) => {
    const { server, dojo } = await startWith(async () => planned);
    const { status, body: answer } = await request(server)
      .post('/api/dojo/plans/deployment')
      .send(wrong);
    expect(status).toBe(400);
    expect(answer.error).toMatchObject({
      dojo: { code: 'INPUT_INVALID', kind: 'input' },
      message: expect.stringMatching(message),
    });
    expect(dojo.deployments.plan).not.toHaveBeenCalled();
  });
});
