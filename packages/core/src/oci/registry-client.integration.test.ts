import { serve } from 'dojo-testing';
import { failureOf } from '../http/__testUtils__/failure-of';
import { openTestImage, testPath } from './__testUtils__/open-test-image';
import { suiteRegistry } from './__testUtils__/suite-registry';

jest.setTimeout(60_000);

const { signal } = new AbortController();

describe('RegistryClient', () => {
  const registry = suiteRegistry();

  describe('when the registry is slow or busy', () => {
    it('waits as long as it is told to', async () => {
      await registry.push({ tag: 'busy' });
      registry.faults.add({
        fault: { kind: 'answer', status: 429, headers: { 'retry-after': '7' } },
      });
      const { image, waits } = openTestImage(registry.host);
      await image.readDigest('busy', signal);
      expect(waits).toEqual([7_000]);
    });

    it('says so where that is too long', async () => {
      registry.faults.add({
        fault: {
          kind: 'answer',
          status: 429,
          headers: { 'retry-after': '3600' },
        },
      });
      const { image, waits } = openTestImage(registry.host);
      expect(await failureOf(image.readDigest('busy', signal))).toMatchObject({
        code: 'REGISTRY_UNAVAILABLE',
        message: `${registry.host}/${testPath}:busy: the registry answered with status 429, to be asked again after 3600`,
      });
      expect(waits).toEqual([]);
    });

    it('reads again after connections that die', async () => {
      const pushed = await registry.push({ tag: 'flaky' });
      registry.faults.add({ times: 3, fault: { kind: 'drop-request' } });
      const { image } = openTestImage(registry.host);
      expect(await image.readDigest('flaky', signal)).toBe(pushed.digest);
      expect(registry.log).toHaveLength(4);
    });

    it('names the host where nobody listens', async () => {
      const gone = await serve(async () => ({
        status: 200,
        headers: {},
        body: '',
      }));
      await gone.close();
      const { image } = openTestImage(gone.host);
      expect(await failureOf(image.readDigest('x', signal))).toMatchObject({
        code: 'REGISTRY_UNAVAILABLE',
        message: `${gone.host}/${testPath}:x: ${gone.host}: the connection failed (ECONNREFUSED)`,
      });
    });

    it('ends a hanging request when it is aborted', async () => {
      const run = new AbortController();
      registry.faults.add({ fault: { kind: 'hang' } });
      const { image } = openTestImage(registry.host);
      const reading = image.readDigest('x', run.signal);
      run.abort(new Error('stopped by a person'));
      await expect(reading).rejects.toThrow('stopped by a person');
    });
  });

  describe('when a manifest is redirected', () => {
    const redirect = (location: string, method = 'GET') =>
      registry.faults.add({
        method,
        fault: { kind: 'answer', status: 307, headers: { location } },
      });

    it('follows within the registry', async () => {
      const pushed = await registry.push({ tag: 'moved' });
      redirect(`/v2/${testPath}/manifests/moved`);
      const { image } = openTestImage(registry.host);
      expect(await image.readManifest('elsewhere', signal)).toMatchObject({
        digest: pushed.digest,
      });
    });

    it('refuses another host', async () => {
      redirect('http://elsewhere.test/v2/');
      const { image } = openTestImage(registry.host);
      expect(await failureOf(image.readManifest('t', signal))).toMatchObject({
        code: 'REGISTRY_REDIRECTED',
        kind: 'refused',
        message: `${registry.host}/${testPath}:t: the registry redirects to elsewhere.test, which is not followed`,
      });
    });

    it('refuses any redirect of a write', async () => {
      await registry.push({ content: 'redirected write' });
      const { image } = openTestImage(registry.host);
      const manifest = (await image.readManifest('source', signal))!;
      redirect(`/v2/${testPath}/manifests/other`, 'PUT');
      expect(
        await failureOf(image.putManifest('4.0.0', manifest, signal)),
      ).toMatchObject({ code: 'REGISTRY_REDIRECTED' });
    });

    it('does not go round in circles', async () => {
      registry.faults.add({
        times: 99,
        fault: { kind: 'answer', status: 302, headers: { location: '?' } },
      });
      const { image } = openTestImage(registry.host);
      expect(await failureOf(image.readManifest('t', signal))).toMatchObject({
        code: 'REGISTRY_PROTOCOL',
      });
    });
  });
});
