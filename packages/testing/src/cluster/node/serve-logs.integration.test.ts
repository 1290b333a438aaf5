import { Agent, request } from 'undici';
import { makeAuthority } from '../certificates';
import type { KeyPair, TestAuthority } from '../certificates';
import { serveLogs } from './serve-logs';
import type { LogServer } from './serve-logs';

jest.setTimeout(60_000);

describe('serveLogs', () => {
  let authority: TestAuthority;
  let server: LogServer;
  beforeAll(async () => {
    authority = await makeAuthority('cluster');
    const serving = await authority.serving(['127.0.0.1']);
    server = await serveLogs(
      { ca: authority.cert, ...serving },
      () => undefined,
    );
  });
  afterAll(() => server?.close());

  const ask = async (pair: Partial<KeyPair>, path: string) => {
    const dispatcher = new Agent({ connect: { ca: authority.cert, ...pair } });
    try {
      const url = `https://127.0.0.1:${server.port}${path}`;
      const answer = await request(url, { dispatcher });
      return [answer.statusCode, await answer.body.text()];
    } finally {
      await dispatcher.destroy();
    }
  };
  const log = '/containerLogs/shop/web/main';

  it('answers who has a certificate of the cluster', async () => {
    const pair = await authority.client({ name: 'kube-apiserver' });
    expect(await ask(pair, log)).toEqual([404, 'pod "web" not found']);
    expect(await ask(pair, '/exec/shop/web/main')).toEqual([
      404,
      '/exec/shop/web/main is not offered by this node',
    ]);
  });

  it('answers nobody else', async () => {
    const other = await makeAuthority('other');
    const foreign = await other.client({ name: 'kube-apiserver' });
    await expect(ask({}, log)).rejects.toThrow();
    await expect(ask(foreign, log)).rejects.toThrow();
  });
});
