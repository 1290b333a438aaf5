import { createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { isGuestOn } from './isGuestOn';
import { ownHosts } from './ownHosts';
import { refuseOtherHosts } from './refuseOtherHosts';

const guest = { dangerouslyAllowOutsideDevelopment: true };
const config = (portal: string) =>
  new ConfigReader({
    app: { baseUrl: portal },
    backend: { baseUrl: portal, listen: { port: 7007 } },
    auth: { providers: { guest } },
  });

describe('refuseOtherHosts', () => {
  let server: Server;
  const statusFor = async (host: string) => {
    const { port } = server.address() as AddressInfo;
    const sent = request({
      port,
      host: '127.0.0.1',
      path: '/api/auth/guest/refresh',
      headers: { host },
    }).end();
    const [response] = await once(sent, 'response');
    response.resume();
    return response.statusCode;
  };

  beforeAll(async () => {
    const own = ownHosts(config('http://portal.acme.test:7007'));
    const refuse = refuseOtherHosts(own);
    server = createServer((incoming, response) =>
      refuse(incoming, response, () => response.end('a session')),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(async () => {
    server.close();
    await once(server, 'close');
  });

  it.each([
    'portal.acme.test:7007',
    'Portal.Acme.Test:7007',
    'localhost:7007',
    '127.0.0.1:7007',
    '[::1]:7007',
  ])('answers to %s', async host => {
    expect(await statusFor(host)).toBe(200);
  });

  it.each([
    'evil.example:7007',
    'evil.example',
    'localhost.evil.example:7007',
    'portal.acme.test.evil.example:7007',
    'localhost:7008',
    'localhost.:7007',
    '',
  ])('refuses %j', async host => {
    expect(await statusFor(host)).toBe(421);
  });
});

describe('ownHosts', () => {
  it('has no port where the address has none', () => {
    expect([...ownHosts(config('https://portal.acme.test'))]).toEqual(
      expect.arrayContaining(['portal.acme.test', 'localhost:7007']),
    );
  });
});

describe('isGuestOn', () => {
  it.each([
    [{}, false],
    [{ auth: { providers: { guest: {} } } }, false],
    [
      {
        auth: {
          providers: { guest: { dangerouslyAllowOutsideDevelopment: false } },
        },
      },
      false,
    ],
    [{ auth: { providers: { guest } } }, true],
  ])('of %j is %s', (data, isOn) => {
    expect(isGuestOn(new ConfigReader(data))).toBe(isOn);
  });
});
