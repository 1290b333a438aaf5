import { mockCredentials } from '@backstage/backend-test-utils';
import { DojoClient, DojoError } from 'backstage-plugin-dojo-common';
import {
  migrationBody,
  operation as runningOperation,
  plannedMigration,
} from 'backstage-plugin-dojo-common/testUtils';
import { toBackstageError } from 'backstage-plugin-dojo-node';
import request from 'supertest';
import { startWithDojo } from './__testUtils__/startWithDojo';

const planned = plannedMigration();
const operation = runningOperation();
const body = { ...migrationBody, order: 'ddl-first' } as const;
const asEve = {
  credentials: expect.objectContaining({
    principal: { type: 'user', userEntityRef: 'user:default/eve' },
  }),
};
const eve = mockCredentials.user.header('user:default/eve');

describe('the routes of migrations', () => {
  it('answer the typed client', async () => {
    const { url, dojo } = await startWithDojo({
      environments: {
        list: () => [{ name: 'dev', migrates: true, deploys: false }],
      },
      migrations: {
        plan: jest.fn(async () => planned),
        startRehearsal: jest.fn(async () => operation),
      },
      operations: {
        get: jest.fn(async () => operation),
        cancel: jest.fn(async () => operation),
      },
    });
    const client = new DojoClient({
      discoveryApi: { getBaseUrl: async () => url },
      fetchApi: { fetch },
    });
    await expect(client.listEnvironments()).resolves.toEqual([
      { name: 'dev', migrates: true, deploys: false },
    ]);
    await expect(client.planMigration(body)).resolves.toEqual(planned);
    await expect(client.startRehearsal(body)).resolves.toEqual(operation);
    await expect(client.getOperation(operation.id)).resolves.toEqual(operation);
    await expect(client.cancelOperation('a/b')).resolves.toEqual(operation);
    expect(dojo.operations.cancel).toHaveBeenCalledWith(
      'a/b',
      expect.anything(),
    );
  });

  it('list the versions of a component as the caller', async () => {
    const answer = {
      versions: [{ version: '0.4.0', tag: 'v0.4.0', isStable: true }],
      total: 1,
    };
    const list = jest.fn(async () => answer);
    const { server } = await startWithDojo({ versions: { list } });
    const { body: answered } = await request(server)
      .get('/api/dojo/components/default/component/ledger/versions')
      .set('Authorization', eve)
      .expect(200);
    expect(answered).toEqual(answer);
    expect(list).toHaveBeenCalledWith(
      { component: 'component:default/ledger' },
      { ...asEve, signal: expect.any(AbortSignal) },
    );
  });

  it('say of versions whose tag was moved that it was', async () => {
    const of = (version: string) => ({
      version,
      tag: `v${version}`,
      isStable: true,
    });
    const moved = 'v0.2.0 was moved; it is not deployed any more.';
    const movedTags = jest.fn(async () => ({ 'v0.2.0': moved }));
    const { server } = await startWithDojo({
      versions: {
        list: async () => ({ versions: [of('0.3.0'), of('0.2.0')], total: 2 }),
      },
      deliveries: { movedTags },
    });
    const { body: answered } = await request(server)
      .get('/api/dojo/components/default/component/ledger/versions')
      .set('Authorization', eve)
      .expect(200);
    expect(answered.versions).toEqual([of('0.3.0'), { ...of('0.2.0'), moved }]);
    movedTags.mockRejectedValueOnce(new Error('the index is away'));
    await request(server)
      .get('/api/dojo/components/default/component/ledger/versions')
      .set('Authorization', eve)
      .expect(200);
  });

  it('plan as the caller, with a signal that ends with the request', async () => {
    const plan = jest.fn(async () => planned);
    const { server } = await startWithDojo({ migrations: { plan } });
    await request(server)
      .post('/api/dojo/plans/migration')
      .set('Authorization', eve)
      .send(body)
      .expect(200);
    expect(plan).toHaveBeenCalledWith(
      {
        component: body.component,
        environment: 'dev',
        choices: expect.objectContaining({
          order: 'ddl-first',
          keepBackups: 3,
          deadline: '30m',
        }),
      },
      { ...asEve, signal: expect.any(AbortSignal) },
    );
  });

  it('start a rehearsal that outlives the request', async () => {
    const startRehearsal = jest.fn(async () => operation);
    const { server } = await startWithDojo({ migrations: { startRehearsal } });
    const { status, body: answer } = await request(server)
      .post('/api/dojo/rehearsals/migration')
      .set('Authorization', eve)
      .send(body);
    expect([status, answer]).toEqual([202, operation]);
    expect(startRehearsal).toHaveBeenCalledWith(expect.anything(), asEve);
  });

  it.each([
    ['post', '/plans/migration'],
    ['post', '/rehearsals/migration'],
    ['get', '/environments'],
    ['get', '/operations/x'],
    ['delete', '/operations/x'],
  ] as const)('refuse %s %s without credentials', async (verb, path) => {
    const { server, dojo } = await startWithDojo({});
    await request(server)
      [verb](`/api/dojo${path}`)
      .set('Authorization', mockCredentials.none.header())
      .send(verb === 'post' ? body : undefined)
      .expect(401);
    const methods = Object.values(dojo)
      .flatMap(facet => Object.values<unknown>(facet))
      .filter(jest.isMockFunction);
    expect(methods.length).toBeGreaterThan(15);
    for (const method of methods) {
      expect(method).not.toHaveBeenCalled();
    }
  });

  it.each([
    [{ ...body, environment: '' }, /environment: /],
    [{ component: 'ledger' }, /environment: Required/],
    [{ ...body, database: '/etc/passwd' }, /'database'/],
    [{ ...body, keepBackups: 0, deadline: '1 day' }, /keepBackups.*deadline/],
    [{ ...body, planHash: 'x' }, /'planHash'/],
  ])('name what is wrong with %j', async (wrong, message) => {
    const { server, dojo } = await startWithDojo({});
    for (const path of ['plans', 'rehearsals']) {
      const { status, body: answer } = await request(server)
        .post(`/api/dojo/${path}/migration`)
        .send(wrong);
      expect([status, answer.error.dojo.code]).toEqual([400, 'INPUT_INVALID']);
      expect(answer.error.message).toMatch(message);
    }
    expect(dojo.migrations.plan).not.toHaveBeenCalled();
    expect(dojo.migrations.startRehearsal).not.toHaveBeenCalled();
  });

  it('keep code and hint of what the service throws', async () => {
    const thrown = new DojoError({
      code: 'DATABASE_BUSY',
      kind: 'conflict',
      message: 'it is in use',
      hint: 'Wait.',
    });
    const { server } = await startWithDojo({
      migrations: {
        plan: async () => {
          throw toBackstageError(thrown);
        },
      },
    });
    const { status, body: answer } = await request(server)
      .post('/api/dojo/plans/migration')
      .send(body);
    expect([status, answer.error.dojo]).toEqual([409, thrown.toJSON()]);
  });
});
