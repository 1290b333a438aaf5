import { mockCredentials } from '@backstage/backend-test-utils';
import { DojoError } from 'backstage-plugin-dojo-common';
import {
  mergedDeployment,
  waitingDeployment,
} from 'backstage-plugin-dojo-common/testUtils';
import request from 'supertest';
import { startWithDojo } from './__testUtils__/startWithDojo';

const eve = mockCredentials.user.header('user:default/eve');
const asEve = {
  credentials: expect.objectContaining({
    principal: { type: 'user', userEntityRef: 'user:default/eve' },
  }),
  signal: expect.any(AbortSignal),
};
const path =
  '/api/dojo/components/default/component/ledger/environments/production/waiting';
const body = {
  component: 'component:default/ledger',
  environment: 'production',
  planHash: waitingDeployment().planHash,
};

describe('GET …/environments/:environment/waiting', () => {
  it.each([
    ['what waits', waitingDeployment()],
    ['that nothing does', undefined],
  ])('asks as the caller and says %s', async (_, waiting) => {
    const { server, dojo } = await startWithDojo({
      merges: { find: jest.fn(async () => waiting) },
    });
    const { status, body: answer } = await request(server)
      .get(path)
      .set('Authorization', eve);
    expect([status, answer]).toEqual([200, waiting ? { waiting } : {}]);
    expect(dojo.merges.find).toHaveBeenCalledWith(
      { component: 'component:default/ledger', environment: 'production' },
      asEve,
    );
  });

  it('refuses callers without credentials', async () => {
    const { server, dojo } = await startWithDojo({});
    const { status } = await request(server)
      .get(path)
      .set('Authorization', mockCredentials.none.header());
    expect(status).toBe(401);
    expect(dojo.merges.find).not.toHaveBeenCalled();
  });
});

describe('POST /closes/deployment', () => {
  it('takes the change back as the caller', async () => {
    const closed = { ...mergedDeployment(), outcome: 'closed' as const };
    const { server, dojo } = await startWithDojo({
      merges: { close: jest.fn(async () => closed) },
    });
    const { status, body: answer } = await request(server)
      .post('/api/dojo/closes/deployment')
      .set('Authorization', eve)
      .send(body);
    expect([status, answer]).toEqual([200, closed]);
    expect(dojo.merges.close).toHaveBeenCalledWith(body, asEve);
  });

  it('names what is wrong with what it is asked', async () => {
    const { server, dojo } = await startWithDojo({});
    const { status } = await request(server)
      .post('/api/dojo/closes/deployment')
      .set('Authorization', eve)
      .send({ ...body, planHash: 'x' });
    expect(status).toBe(400);
    expect(dojo.merges.close).not.toHaveBeenCalled();
  });
});

describe('POST /merges/deployment', () => {
  it('merges as the caller', async () => {
    const { server, dojo } = await startWithDojo({
      merges: { merge: jest.fn(async () => mergedDeployment()) },
    });
    const { status, body: answer } = await request(server)
      .post('/api/dojo/merges/deployment')
      .set('Authorization', eve)
      .send(body);
    expect([status, answer]).toEqual([200, mergedDeployment()]);
    expect(dojo.merges.merge).toHaveBeenCalledWith(body, asEve);
  });

  it('says why it is refused', async () => {
    const refusal = new DojoError({
      code: 'DEPLOY_REQUESTER_MERGES',
      kind: 'refused',
      message: 'you asked for it',
      hint: 'Somebody else merges it.',
    });
    const { server } = await startWithDojo({
      merges: { merge: jest.fn().mockRejectedValue(refusal) },
    });
    const { status, body: answer } = await request(server)
      .post('/api/dojo/merges/deployment')
      .send(body);
    expect(status).toBe(409);
    expect(answer.error.dojo).toMatchObject({
      code: 'DEPLOY_REQUESTER_MERGES',
      hint: 'Somebody else merges it.',
    });
  });

  it.each([
    [{}, /component: Required/],
    [{ ...body, planHash: 'x' }, /planHash/],
    [{ ...body, infra: 'https://evil.test/x' }, /'infra'/],
  ])('names what is wrong with %j', async (wrong, message) => {
    const { server, dojo } = await startWithDojo({});
    const { status, body: answer } = await request(server)
      .post('/api/dojo/merges/deployment')
      .send(wrong);
    expect(status).toBe(400);
    expect(answer.error.message).toMatch(message);
    expect(dojo.merges.merge).not.toHaveBeenCalled();
  });
});
