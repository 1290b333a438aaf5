import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { deploymentAccessPorts } from './deployment-access-ports';

const { signal } = new AbortController();

/** A host of which every request is noted, with what it was signed by. */
async function startHost() {
  const asked: { path: string; authorization?: string }[] = [];
  const server = createServer(({ url = '', headers }, response) => {
    asked.push({
      path: url.split('?')[0],
      ...(headers.authorization && { authorization: headers.authorization }),
    });
    response.statusCode = 404;
    response.end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () => new Promise(resolve => server.close(resolve));
  return { asked, host: `127.0.0.1:${port}`, stop };
}

describe('deploymentAccessPorts', () => {
  it('sends a credential to the repository that it is for, and to no other of its host', async () => {
    const { asked, host, stop } = await startHost();
    const urlOf = (name: string) => `http://${host}/${name}.git`;
    try {
      const { openBase, openInfra } = deploymentAccessPorts(
        {
          requester: 'user:default/eve',
          access: {
            author: { name: 'Dojo', email: 'dojo@localhost' },
            allowedHosts: [host],
            localRoot: '/nowhere',
            registries: [],
            authorizations: [
              { repository: urlOf('infra'), authorization: 'Basic aW5mcmE=' },
              { repository: urlOf('ledger'), authorization: 'Basic bGVkZ2Vy' },
            ],
          },
        },
        { env: { PATH: process.env.PATH }, temporaryRoot: tmpdir() },
      );
      const infra = await openInfra(urlOf('infra'), signal);
      await infra.readHead(undefined, signal).catch(() => undefined);
      await infra.dispose();
      for (const name of ['ledger', 'others']) {
        const base = await openBase(urlOf(name), signal);
        await base.resolveTag('v1', signal).catch(() => undefined);
        await base.dispose();
      }
    } finally {
      await stop();
    }
    const sentTo = (name: string) => [
      ...new Set(
        asked
          .filter(({ path }) => path.startsWith(`/${name}.git/`))
          .map(({ authorization }) => authorization),
      ),
    ];
    expect(sentTo('infra')).toEqual(['Basic aW5mcmE=']);
    expect(sentTo('ledger')).toEqual(['Basic bGVkZ2Vy']);
    expect(sentTo('others')).toEqual([undefined]);
  });

  it('reaches no host and no folder that is not allowed, and no registry that is not listed', async () => {
    const { openBase, openInfra, openImage } = deploymentAccessPorts(
      {
        requester: 'user:default/eve',
        access: {
          author: { name: 'Dojo', email: 'dojo@localhost' },
          allowedHosts: [],
          localRoot: '/nowhere',
          registries: [],
          authorizations: [],
        },
      },
      { env: {}, temporaryRoot: tmpdir() },
    );
    await expect(
      openInfra('https://evil.test/infra.git', signal),
    ).rejects.toMatchObject({ code: 'GIT_HOST_NOT_ALLOWED' });
    await expect(openBase('file:///etc', signal)).rejects.toMatchObject({
      kind: expect.stringMatching(/input|refused|not-found/),
    });
    expect(() => openImage('evil.test/ledger')).toThrow(
      expect.objectContaining({ code: 'REGISTRY_NOT_ALLOWED' }),
    );
  });
});
