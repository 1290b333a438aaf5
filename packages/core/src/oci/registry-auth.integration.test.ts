import { pushImage, registryAccount, serve, startRegistry } from 'dojo-testing';
import type { FaultyServer, TestRegistry } from 'dojo-testing';
import { toDigest } from './manifest';
import { failureOf } from '../http/__testUtils__/failure-of';
import { openTestImage, testPath } from './__testUtils__/open-test-image';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const revision = 'a'.repeat(40);

describe('RegistryAuth', () => {
  describe.each(['basic', 'token'] as const)('with %s authentication', auth => {
    let secured: TestRegistry;
    let store: FaultyServer;
    const { username, password } = registryAccount;
    const pair = Buffer.from(`${username}:${password}`).toString('base64');

    beforeAll(async () => {
      secured = await startRegistry({ auth });
      store = await serve(async () => ({ status: 200, headers: {}, body: '' }));
      // The registry's own way in for the test's CI job.
      const scope = `repository:${testPath}:pull,push`;
      const token =
        secured.tokens &&
        (await (
          await fetch(`${secured.tokens.url}/token?scope=${scope}`, {
            headers: { authorization: `Basic ${pair}` },
          })
        ).json());
      await pushImage({
        registry: secured.direct,
        repository: testPath,
        tag: 'source',
        revision,
        headers: {
          authorization: token ? `Bearer ${token.token}` : `Basic ${pair}`,
        },
      });
    }, 900_000);
    afterAll(async () => {
      await secured.close();
      await store.close();
    });
    beforeEach(() => {
      secured.clearLog();
      secured.tokens?.clearLog();
      secured.faults.clear();
    });

    it('reads and writes with the account', async () => {
      const { image } = openTestImage(secured.host, registryAccount);
      const manifest = (await image.readManifest('source', signal))!;
      expect(await image.readRevisions(manifest, signal)).toEqual([revision]);
      await image.putManifest('1.0.0', manifest, signal);
      expect(await image.readDigest('1.0.0', signal)).toBe(manifest.digest);
    });

    it('sends nothing before it is asked, and gets through on the second try', async () => {
      const { image } = openTestImage(secured.host, registryAccount);
      await image.readDigest('source', signal);
      await image.readDigest('source', signal);
      expect(
        secured.log.map(each => [
          each.status,
          each.authorization !== undefined,
        ]),
      ).toEqual([
        [401, false],
        [200, true],
        [200, true],
      ]);
    });

    it.each([
      ['another password', { username, password: 'wr0ng/pass+word&=%' }],
      ['no password', {}],
    ])(
      'says what is missing with %s, and never shows it',
      async (_, account) => {
        const { image } = openTestImage(secured.host, account);
        const manifest = {
          digest: toDigest(Buffer.from('{}')),
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          bytes: Buffer.from('{}'),
        };
        const error = await failureOf(
          image.putManifest(manifest.digest, manifest, signal),
        );
        expect(error).toMatchObject({
          code: 'REGISTRY_DENIED',
          kind: 'denied',
        });
        expect(error.message).toContain(
          `${secured.host}/${testPath}@${manifest.digest}: token missing or refused for push`,
        );
        const secret = 'wr0ng/pass+word&=%';
        for (const form of [
          secret,
          encodeURIComponent(secret),
          Buffer.from(secret).toString('base64'),
          Buffer.from(`${username}:${secret}`).toString('base64'),
        ]) {
          expect(
            `${JSON.stringify(error)} ${error.stack} ${String(error.cause)}`,
          ).not.toContain(form);
        }
      },
    );

    it('shows no secret that a careless registry sends back', async () => {
      const { image } = openTestImage(secured.host, registryAccount);
      await image.readDigest('source', signal);
      const sent = secured.log[1].authorization ?? '';
      const value = sent.replace(/^\w+ /, '');
      secured.faults.add({
        method: 'GET',
        fault: {
          kind: 'answer',
          status: 403,
          body: `you sent ${sent}, ${encodeURIComponent(
            value,
          )}, ${password}, ${encodeURIComponent(password)}`,
        },
      });
      const error = await failureOf(image.readManifest('source', signal));
      expect(error.message).toContain('it says: you sent');
      for (const form of [
        value,
        pair,
        password,
        encodeURIComponent(value),
        encodeURIComponent(password),
      ]) {
        expect(error.message).not.toContain(form);
      }
    });

    it('sends no credentials after a redirect', async () => {
      const { image } = openTestImage(secured.host, registryAccount);
      const manifest = (await image.readManifest('source', signal))!;
      secured.faults.add({
        path: /blobs/,
        fault: {
          kind: 'answer',
          status: 302,
          headers: { location: `${store.url}/stolen` },
        },
      });
      await failureOf(image.readRevisions(manifest, signal));
      expect(store.log).toEqual([
        { method: 'GET', path: '/stolen', status: 200 },
      ]);
    });

    if (auth === 'token') {
      const tokens = () => secured.tokens!;

      it('asks for no more than pull until it writes', async () => {
        const { image } = openTestImage(secured.host, registryAccount);
        const before = tokens().scopes.length;
        const manifest = (await image.readManifest('source', signal))!;
        await image.readRevisions(manifest, signal);
        await image.readDigest('source', signal);
        expect(tokens().scopes.slice(before)).toEqual([
          `repository:${testPath}:pull`,
        ]);
        await image.putManifest(manifest.digest, manifest, signal);
        expect(tokens().scopes.slice(before + 1)).toEqual([
          `repository:${testPath}:pull,push`,
        ]);
      });

      it('reads without an account', async () => {
        const { image } = openTestImage(secured.host);
        expect(await image.readDigest('source', signal)).toMatch(/^sha256:/);
      });

      it('takes an identity token as docker keeps it', async () => {
        const { image } = openTestImage(secured.host, {
          username: '<token>',
          password: tokens().identityToken,
        });
        const manifest = (await image.readManifest('source', signal))!;
        await image.putManifest('1.0.1', manifest, signal);
        expect(new Set(tokens().log.map(each => each.method))).toEqual(
          new Set(['POST']),
        );
        expect(
          tokens()
            .log.map(each => each.path)
            .join(),
        ).not.toContain('identity');
      });

      it.each(['https://user:pw@realm.test/', 'ftp://realm.test/', 'no url'])(
        'does not send credentials to the realm %s',
        async realm => {
          secured.faults.add({
            fault: {
              kind: 'answer',
              status: 401,
              headers: { 'www-authenticate': `Bearer realm="${realm}"` },
            },
          });
          const { image } = openTestImage(secured.host, registryAccount);
          expect(
            await failureOf(image.readDigest('source', signal)),
          ).toMatchObject({ code: 'REGISTRY_PROTOCOL' });
        },
      );

      it.each([
        { status: 500, body: '', code: 'REGISTRY_UNAVAILABLE' },
        { status: 200, body: '{}', code: 'REGISTRY_PROTOCOL' },
        {
          status: 200,
          body: '{"token":"a\\r\\nb: c"}',
          code: 'REGISTRY_PROTOCOL',
        },
        { status: 302, body: '', code: 'REGISTRY_REDIRECTED' },
      ])(
        'has a sentence for a realm that answers $status $body',
        async fault => {
          tokens().faults.add({ fault: { kind: 'answer', ...fault } });
          const { image } = openTestImage(secured.host, registryAccount);
          expect(
            await failureOf(image.readDigest('source', signal)),
          ).toMatchObject({
            code: fault.code,
          });
        },
      );
    }
  });
});
