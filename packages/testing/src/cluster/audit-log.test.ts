import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog, auditPolicy, matches } from './audit-log';

const folder = mkdtempSync(join(tmpdir(), 'audit-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

let logs = 0;
function newLog() {
  const path = join(folder, `${++logs}.log`);
  return {
    log: new AuditLog(path),
    write: (text: string | object) =>
      appendFileSync(
        path,
        typeof text === 'string' ? text : `${JSON.stringify(text)}\n`,
      ),
  };
}

const event = (auditID: string, more: object) => ({
  auditID,
  stage: 'ResponseComplete',
  verb: 'patch',
  requestURI: '/apis/apps/v1/namespaces/shop/deployments/web?force=true',
  user: { username: 'ann' },
  userAgent: 'dojo',
  objectRef: {
    resource: 'deployments',
    apiGroup: 'apps',
    namespace: 'shop',
    name: 'web',
  },
  responseStatus: { code: 200 },
  requestReceivedTimestamp: `2026-11-29T16:00:00.00000${auditID}Z`,
  ...more,
});

describe('AuditLog', () => {
  describe('when a request was answered', () => {
    it('tells of it once, with what was asked', async () => {
      const { log, write } = newLog();
      write(event('1', { stage: 'RequestReceived', responseStatus: {} }));
      write(event('1', {}));
      await log.read();
      expect(log.pending).toEqual([]);
      expect(log.events).toEqual([
        {
          verb: 'patch',
          resource: 'deployments',
          group: 'apps',
          subresource: undefined,
          namespace: 'shop',
          name: 'web',
          uri: '/apis/apps/v1/namespaces/shop/deployments/web?force=true',
          user: 'ann',
          userAgent: 'dojo',
          status: 200,
          dryRun: false,
          time: '2026-11-29T16:00:00.000001Z',
          requestObject: undefined,
          responseObject: undefined,
        },
      ]);
    });
  });

  describe('when the answer is not written yet', () => {
    it('tells that it is waited for, but not of one that may stay open', async () => {
      const { log, write } = newLog();
      write(event('1', { stage: 'RequestReceived' }));
      write(event('2', { stage: 'RequestReceived', verb: 'watch' }));
      const pod = { resource: 'pods', subresource: 'log' };
      write(event('3', { stage: 'RequestReceived', objectRef: pod }));
      await log.read();
      expect(log.pending).toEqual(['1']);
      expect(log.events).toEqual([]);
    });
  });

  describe('when a line is half written, within a character', () => {
    it('takes it once it is whole', async () => {
      const { log, write } = newLog();
      const line = Buffer.from(
        `${JSON.stringify(event('1', { userAgent: 'dojö' }))}\n`,
      );
      const cut = line.indexOf('ö') + 1;
      const { path } = log;
      write(event('0', {}));
      appendFileSync(path, line.subarray(0, cut));
      await log.read();
      expect(log.events).toHaveLength(1);
      appendFileSync(path, line.subarray(cut));
      await log.read();
      await log.read();
      expect(log.events.map(({ userAgent }) => userAgent)).toEqual([
        'dojo',
        'dojö',
      ]);
    });
  });

  describe('when requests overtook each other', () => {
    it('has them in the order in which they came', async () => {
      const { log, write } = newLog();
      for (const id of ['3', '1', '2']) write(event(id, { verb: id }));
      await log.read();
      expect(log.events.map(({ verb }) => verb)).toEqual(['1', '2', '3']);
    });
  });

  describe('when there is no file yet', () => {
    it('is empty', async () => {
      const { log } = newLog();
      await log.read();
      expect(log.events).toEqual([]);
    });
  });

  it.each([
    ['?dryRun=All', undefined, true],
    ['?force=true&dryRun=All', undefined, true],
    ['?fieldManager=dryRun=All', undefined, false],
    ['', { kind: 'DeleteOptions', dryRun: ['All'] }, true],
    ['', { kind: 'DeleteOptions', dryRun: [] }, false],
    ['', { kind: 'Job', dryRun: ['All'] }, false],
  ])('knows a dry run by %p and %p', async (query, requestObject, dryRun) => {
    const { log, write } = newLog();
    write(event('1', { requestURI: `/api/v1/pods${query}`, requestObject }));
    await log.read();
    expect(log.events[0].dryRun).toBe(dryRun);
  });
});

describe('matches', () => {
  it('asks for each field that the filter has', async () => {
    const { log, write } = newLog();
    write(event('1', {}));
    await log.read();
    const [told] = log.events;
    expect(matches(told, {})).toBe(true);
    expect(matches(told, { user: 'ann', namespace: 'shop' })).toBe(true);
    expect(matches(told, { user: 'bob' })).toBe(false);
    expect(matches(told, { user: 'ann', namespace: 'other' })).toBe(false);
  });
});

describe('auditPolicy', () => {
  it('has the body of a deletion at each level', () => {
    const levels = (level: 'Metadata' | 'RequestResponse') =>
      (auditPolicy(level) as { rules: { level: string }[] }).rules
        .slice(-2)
        .map(rule => rule.level);
    expect(levels('Metadata')).toEqual(['Request', 'Metadata']);
    expect(levels('RequestResponse')).toEqual([
      'RequestResponse',
      'RequestResponse',
    ]);
  });
});
