import type { HttpRequest } from '../http/send-request';
import { createImageOpener } from './create-image-opener';

const { signal } = new AbortController();

describe('createImageOpener', () => {
  const registries = [
    { host: 'ghcr.io', username: 'robot', password: 'secret' },
    { host: 'index.docker.io' },
  ];

  it('opens images of the registries listed, by any of their names', () => {
    const open = createImageOpener({ registries, allow: 'listed' });
    expect(open('ghcr.io/acme/ledger').name).toBe('ghcr.io/acme/ledger');
    expect(open('ledger').name).toBe('docker.io/library/ledger');
  });

  it('refuses others, naming those that are allowed', () => {
    const open = createImageOpener({ registries, allow: 'listed' });
    expect(() => open('evil.test/acme/ledger')).toThrow(
      expect.objectContaining({
        code: 'REGISTRY_NOT_ALLOWED',
        kind: 'input',
        message:
          'evil.test/acme/ledger is at evil.test, which is not an allowed registry (allowed: ghcr.io, docker.io)',
      }),
    );
  });

  it('opens nothing of a registry that half of its credentials lack', () => {
    const open = createImageOpener({
      registries: [
        {
          host: 'ghcr.io',
          username: 'robot',
          missing: 'dojo.registries.0.password',
        },
      ],
      allow: 'any',
    });
    expect(() => open('ghcr.io/acme/ledger')).toThrow(
      expect.objectContaining({
        code: 'REGISTRY_KEY_MISSING',
        message:
          'dojo.registries.0.password is missing: ghcr.io is not asked with half of its credentials.',
      }),
    );
    expect(open('quay.io/acme/ledger').name).toBe('quay.io/acme/ledger');
  });

  it('says so where none is allowed', () => {
    const open = createImageOpener({ registries: [], allow: 'listed' });
    expect(() => open('ghcr.io/acme/ledger')).toThrow('(allowed: none)');
  });

  it('reaches others anonymously where any is allowed, by https unless they are on this machine', async () => {
    const sent: HttpRequest[] = [];
    const open = createImageOpener({
      registries,
      allow: 'any',
      ports: {
        send: async request => {
          sent.push(request);
          return {
            status: 404,
            headers: new Headers(),
            body: new Uint8Array(),
          };
        },
      },
    });
    await open('quay.test/acme/ledger').readDigest('1.0.0', signal);
    await open('ledger').readDigest('1.0.0', signal);
    await open('127.0.0.1:5000/ledger').readDigest('1.0.0', signal);
    await open('127.0.0.1.evil.test/ledger').readDigest('1.0.0', signal);
    expect(sent.map(({ url }) => url.href)).toEqual([
      'https://quay.test/v2/acme/ledger/manifests/1.0.0',
      'https://registry-1.docker.io/v2/library/ledger/manifests/1.0.0',
      'http://127.0.0.1:5000/v2/ledger/manifests/1.0.0',
      'https://127.0.0.1.evil.test/v2/ledger/manifests/1.0.0',
    ]);
    expect(sent.flatMap(({ headers }) => Object.keys(headers))).toEqual(
      Array(4).fill('accept'),
    );
  });

  it('signs in over https, or on this machine, and nowhere else', async () => {
    const sent: HttpRequest[] = [];
    const credentials = { username: 'robot', password: 'secret' };
    const open = createImageOpener({
      registries: [
        { host: 'plain.test', plainHttp: true, ...credentials },
        { host: 'localhost:5000', plainHttp: true, ...credentials },
      ],
      allow: 'listed',
      ports: {
        send: async request => {
          sent.push(request);
          return {
            status: request.headers.authorization ? 404 : 401,
            headers: new Headers({ 'www-authenticate': 'Basic realm="x"' }),
            body: new Uint8Array(),
          };
        },
      },
    });
    await expect(
      open('plain.test/ledger').readDigest('1.0.0', signal),
    ).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
    expect(sent.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
    ]);
    await open('localhost:5000/ledger').readDigest('1.0.0', signal);
    expect(sent.at(-1)!.headers.authorization).toMatch(/^Basic /);
  });
});
