import { mockCredentials } from '@backstage/backend-test-utils';
import { DojoClient } from 'backstage-plugin-dojo-common';
import { plannedShipment } from 'backstage-plugin-dojo-common/testUtils';
import request from 'supertest';
import { startWithDojo } from './__testUtils__/startWithDojo';

const planned = plannedShipment();
const body = {
  component: 'component:default/ledger',
  environment: 'dev',
  bump: 'minor',
};

const start = () =>
  startWithDojo({ shipments: { plan: jest.fn(async () => planned) } });

describe('POST /plans/shipment', () => {
  it('plans as the caller and answers with the three plans', async () => {
    const { server, dojo } = await start();
    const { status, body: answer } = await request(server)
      .post('/api/dojo/plans/shipment')
      .set('Authorization', mockCredentials.user.header('user:default/eve'))
      .send(body);
    expect([status, answer]).toEqual([200, planned]);
    expect(dojo.shipments.plan).toHaveBeenCalledWith(
      {
        component: 'component:default/ledger',
        environment: 'dev',
        choices: expect.objectContaining({ bump: 'minor' }),
      },
      {
        credentials: expect.objectContaining({
          principal: { type: 'user', userEntityRef: 'user:default/eve' },
        }),
        signal: expect.any(AbortSignal),
      },
    );
  });

  it('answers the typed client', async () => {
    const { url } = await start();
    const client = new DojoClient({
      discoveryApi: { getBaseUrl: async () => url },
      fetchApi: { fetch },
    });
    await expect(client.planShipment(body)).resolves.toEqual(planned);
  });

  it.each<[object, RegExp]>([
    [{}, /component: Required; environment: Required/],
    [{ ...body, awaited: {} }, /'awaited'/],
  ])('names what is wrong with %j', async (wrong, message) => {
    const { server, dojo } = await start();
    const { status, body: answer } = await request(server)
      .post('/api/dojo/plans/shipment')
      .send(wrong);
    expect(status).toBe(400);
    expect(answer.error.message).toMatch(message);
    expect(dojo.shipments.plan).not.toHaveBeenCalled();
  });

  it('refuses callers without credentials', async () => {
    const { server } = await start();
    const { status } = await request(server)
      .post('/api/dojo/plans/shipment')
      .set('Authorization', mockCredentials.none.header())
      .send(body);
    expect(status).toBe(401);
  });
});
