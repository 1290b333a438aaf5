import { request, type Server } from 'node:http';
import type { Socket } from 'node:net';
import {
  mockServices,
  ServiceFactoryTester,
} from '@backstage/backend-test-utils';
import { freePort } from 'dojo-testing';
import rootHttpRouter from './rootHttpRouter';

const stops: (() => void | Promise<void>)[] = [];

/** The portal's server with one page, which also takes upgrades as Backstage's signals do: on the first request. */
async function startRouter(isGuestOn: boolean): Promise<number> {
  const port = await freePort();
  const baseUrl = `http://portal.acme.test:${port}`;
  const lifecycle = mockServices.rootLifecycle.mock({
    addShutdownHook: hook => {
      stops.push(hook);
    },
  });
  const router = await ServiceFactoryTester.from(rootHttpRouter, {
    dependencies: [
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl },
          backend: { baseUrl, listen: { host: '127.0.0.1', port } },
          auth: {
            providers: {
              guest: { dangerouslyAllowOutsideDevelopment: isGuestOn },
            },
          },
        },
      }),
      lifecycle.factory,
    ],
  }).getSubject();
  router.use('/page', ({ socket }, response) => {
    const { server } = socket as Socket & { server: Server };
    server.on('upgrade', (_, upgraded) => {
      if (!upgraded.destroyed) {
        upgraded.end(
          'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n',
        );
      }
    });
    response.end('a page');
  });
  return port;
}

/** The status that a request for a Host gets, or `closed` where its connection ends without a word. */
async function answer(port: number, host: string, isUpgrade = false) {
  const sent = request({
    port,
    host: '127.0.0.1',
    path: '/page',
    agent: false,
    headers: {
      host,
      ...(isUpgrade && { connection: 'Upgrade', upgrade: 'echo' }),
    },
  }).end();
  return await new Promise(settle => {
    sent.on('error', () => settle('closed'));
    sent.on('close', () => settle('closed'));
    sent.on('response', response => {
      response.resume();
      settle(response.statusCode);
    });
    sent.on('upgrade', (response, socket) => {
      socket.destroy();
      settle(response.statusCode);
    });
  });
}

describe('rootHttpRouter', () => {
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  it('answers to its own Host and to no other while the guest is on', async () => {
    const port = await startRouter(true);
    expect(await answer(port, `portal.acme.test:${port}`)).toBe(200);
    expect(await answer(port, `evil.example:${port}`)).toBe(421);
  });

  it('opens a WebSocket for its own Host and for no other while the guest is on', async () => {
    const port = await startRouter(true);
    await answer(port, `portal.acme.test:${port}`);
    expect(await answer(port, `portal.acme.test:${port}`, true)).toBe(101);
    expect(await answer(port, `evil.example:${port}`, true)).toBe('closed');
  });

  it('hands the first upgrade on as a request while nobody takes any: so the signals learn of their server', async () => {
    const port = await startRouter(true);
    expect(await answer(port, `evil.example:${port}`, true)).toBe(421);
    expect(await answer(port, `portal.acme.test:${port}`, true)).toBe(200);
    expect(await answer(port, `portal.acme.test:${port}`, true)).toBe(101);
    expect(await answer(port, `evil.example:${port}`, true)).toBe('closed');
  });

  it('leaves Hosts to the proxy in front where people sign in', async () => {
    const port = await startRouter(false);
    expect(await answer(port, 'any.example')).toBe(200);
    expect(await answer(port, 'any.example', true)).toBe(101);
  });
});
