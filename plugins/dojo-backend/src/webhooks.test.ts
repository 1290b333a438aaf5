import { createHmac } from 'node:crypto';
import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import { startWithDojo } from './__testUtils__/startWithDojo';

const secret = 'a secret of twenty letters';
const body = JSON.stringify({
  repository: { clone_url: 'https://github.com/acme/ledger.git' },
});
const signature = `sha256=${createHmac('sha256', secret)
  .update(body)
  .digest('hex')}`;

async function start(webhooks: object = { github: { secret } }) {
  const { server, deliveries } = await startWithDojo(
    {},
    { dojo: { webhooks: { ...webhooks } } },
  );
  const send = (headers: Record<string, string> = {}, text = body) =>
    request(server)
      .post('/api/dojo/webhooks/github')
      .set('Authorization', mockCredentials.none.header())
      .set({
        'Content-Type': 'application/json',
        'X-GitHub-Event': 'push',
        'X-Hub-Signature-256': signature,
        ...headers,
      })
      .send(text);
  return { server, deliveries, send };
}

describe('POST /webhooks/:forge', () => {
  it('has what was pushed to read again, without Backstage credentials', async () => {
    const { deliveries, send } = await start();
    const { status } = await send();
    expect(status).toBe(202);
    expect(deliveries.pushed).toHaveBeenCalledWith([
      'https://github.com/acme/ledger.git',
    ]);
  });

  it('believes nobody without the secret', async () => {
    const { deliveries, send } = await start();
    const { status, body: answer } = await send({}, `${body} `);
    expect(status).toBe(403);
    expect(answer.error.dojo.code).toBe('WEBHOOK_NOT_SIGNED');
    expect(JSON.stringify(answer)).not.toContain(secret);
    expect(deliveries.pushed).not.toHaveBeenCalled();
  });

  it('is not there where no secret is set', async () => {
    const { deliveries, send } = await start({});
    const { status, body: answer } = await send();
    expect(status).toBe(404);
    expect(answer.error.dojo.code).toBe('WEBHOOK_NOT_SET_UP');
    expect(deliveries.pushed).not.toHaveBeenCalled();
  });

  it('reads no body of more than 5 MB, nor one that is packed', async () => {
    const { deliveries, send } = await start();
    const long = await send({}, 'x'.repeat(6 * 1024 * 1024));
    expect(long.status).toBe(413);
    const packed = await send({ 'Content-Encoding': 'gzip' });
    expect(packed.status).toBe(415);
    expect(deliveries.pushed).not.toHaveBeenCalled();
  });

  it('opens no other route to who has no credentials', async () => {
    const { server } = await start();
    const { status } = await request(server)
      .get('/api/dojo/environments')
      .set('Authorization', mockCredentials.none.header());
    expect(status).toBe(401);
  });
});
