import { mockCredentials } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { serviceErrors } from '../errors/serviceErrors';
import { planHash, taskId } from './__testUtils__/tasks';
import type { StartRunRequest } from './Runs';
import { RunsService, RunsServiceOptions } from './RunsService';
import { StartedRuns } from './StartedRuns';

const credentials = mockCredentials.user('user:default/owner');
const release: StartRunRequest = {
  verb: 'release',
  component: 'ledger',
  planHash,
};
const ref = 'component:default/ledger';

describe('RunsService', () => {
  let knex: Knex;
  let started: StartedRuns;

  beforeEach(async () => {
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    started = new StartedRuns({ knex, clock: { now: () => new Date() } });
    await started.prepare();
  });
  afterEach(() => knex.destroy());

  function service(options: Partial<RunsServiceOptions> = {}) {
    const scaffold = jest.fn(async () => ({ taskId }));
    const getTask = jest.fn(async () => ({ status: 'processing' }));
    const runs = new RunsService({
      access: { require: async () => {} },
      scaffolder: { scaffold, getTask } as never,
      started,
      plans: {
        check: async () => ({ planHash, version: '0.4.0' }),
        keep: async () => {},
      },
      followed: { follow: jest.fn() },
      runningOf: async () => [],
      stillRuns: async () => true,
      templateOf: async verb => `template:default/${verb}`,
      pageOfTask: id => `http://localhost/create/tasks/${id}`,
      clock: { now: () => new Date('2026-11-30T12:00:00.000Z') },
      ...options,
    });
    return { runs, scaffold, getTask };
  }

  it('starts the template of the page, as the caller, with what was reviewed', async () => {
    const { runs, scaffold } = service();
    await expect(runs.start(release, { credentials })).resolves.toEqual({
      id: `task:${taskId}`,
      url: `http://localhost/create/tasks/${taskId}`,
      state: 'queued',
      pollAfterMs: 1_000,
    });
    expect(scaffold).toHaveBeenCalledWith(
      {
        templateRef: 'template:default/release',
        values: {
          component: ref,
          bump: 'auto',
          review: { planHash, version: '0.4.0' },
        },
      },
      { credentials },
    );
  });

  it('makes one task of one plan, started twice at once and once more after it', async () => {
    const { runs, scaffold, getTask } = service();
    const both = await Promise.all([
      runs.start(release, { credentials }),
      runs.start({ ...release, component: ref }, { credentials }),
    ]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(1);
    expect(scaffold).toHaveBeenCalledTimes(1);
    getTask.mockResolvedValue({ status: 'completed' });
    await expect(runs.start(release, { credentials })).resolves.toMatchObject({
      id: `task:${taskId}`,
      state: 'succeeded',
      already: true,
    });
    expect(scaffold).toHaveBeenCalledTimes(1);
  });

  it('starts again what failed, and what the scaffolder has forgotten', async () => {
    const { runs, scaffold, getTask } = service();
    await runs.start(release, { credentials });
    getTask.mockResolvedValue({ status: 'failed' });
    await runs.start(release, { credentials });
    getTask.mockRejectedValue(new Error('NotFound'));
    await runs.start(release, { credentials });
    expect(scaffold).toHaveBeenCalledTimes(3);
  });

  it('asks for the permission before anything else', async () => {
    const denied = serviceErrors.permissionDenied('dojo.release.create', ref);
    const { runs, scaffold } = service({
      access: { require: jest.fn().mockRejectedValue(denied) },
      plans: {
        check: jest.fn().mockRejectedValue(new Error('read')),
        keep: async () => {},
      },
      runningOf: jest.fn().mockRejectedValue(new Error('read')),
    });
    await expect(runs.start(release, { credentials })).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    expect(scaffold).not.toHaveBeenCalled();
  });

  const running = {
    id: 'task:9',
    kind: 'release' as const,
    version: '0.4.0',
    by: { name: 'owner' },
    via: 'page' as const,
    startedAt: '2026-11-30T11:59:57.000Z',
    url: '/create/tasks/9',
  };

  it('refuses while another run changes the same, and names it', async () => {
    const { runs, scaffold } = service({ runningOf: async () => [running] });
    await expect(runs.start(release, { credentials })).rejects.toThrow(
      'Release 0.4.0 is running, started by owner (RUNNING) — Follow task:9 to its end, then plan again.',
    );
    const deployment = {
      verb: 'deployment' as const,
      component: ref,
      environment: 'dev',
      version: 'v0.3.0',
      planHash,
    };
    await runs.start(deployment, { credentials });
    expect(scaffold).toHaveBeenCalledTimes(1);
  });

  it('starts beside what has ended and the index has not heard of, and not beside what runs', async () => {
    const stillRuns = jest.fn(async (id: string) => id === '10');
    const index = [running];
    const { runs, scaffold } = service({
      runningOf: async () => index,
      stillRuns,
    });
    await expect(runs.start(release, { credentials })).resolves.toMatchObject({
      state: 'queued',
    });
    expect(stillRuns).toHaveBeenCalledWith('9');
    index.push({ ...running, id: 'task:10' });
    const next = { ...release, planHash: 'c'.repeat(64) };
    await expect(runs.start(next, { credentials })).rejects.toThrow(
      'Follow task:10 to its end',
    );
    expect(scaffold).toHaveBeenCalledTimes(1);
  });

  it('gives the start back where the scaffolder refuses it', async () => {
    const { runs, scaffold } = service();
    scaffold.mockRejectedValueOnce(new Error('no room'));
    await expect(runs.start(release, { credentials })).rejects.toThrow(
      'no room',
    );
    await expect(runs.start(release, { credentials })).resolves.toMatchObject({
      state: 'queued',
    });
  });

  it('says which template is missing', async () => {
    const { runs } = service({ templateOf: async () => undefined });
    await expect(runs.start(release, { credentials })).rejects.toThrow(
      'this portal has no template for a release (RUN_TEMPLATE_MISSING)',
    );
  });
});
