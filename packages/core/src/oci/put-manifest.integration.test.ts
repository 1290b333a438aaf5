import { failureOf } from '../http/__testUtils__/failure-of';
import { openTestImage, testPath } from './__testUtils__/open-test-image';
import { suiteRegistry } from './__testUtils__/suite-registry';

jest.setTimeout(60_000);

const { signal } = new AbortController();

describe('OciImageRepository.putManifest', () => {
  const registry = suiteRegistry();
  it('puts the exact bytes under a tag, once', async () => {
    const pushed = await registry.push({ shape: 'index', content: 'put' });
    const { image } = openTestImage(registry.host);
    const manifest = (await image.readManifest('source', signal))!;
    await image.putManifest('1.0.0', manifest, signal);
    expect(await image.readDigest('1.0.0', signal)).toBe(pushed.digest);
    registry.clearLog();
    await image.putManifest('1.0.0', manifest, signal);
    expect(registry.methods()).toEqual(['HEAD']);
  });

  it('does it once for 32 at once', async () => {
    const pushed = await registry.push({ content: 'many' });
    const images = Array.from(
      { length: 32 },
      () => openTestImage(registry.host).image,
    );
    const manifest = (await images[0].readManifest('source', signal))!;
    await Promise.all(
      images.map(image => image.putManifest('1.1.0', manifest, signal)),
    );
    expect(await images[0].readDigest('1.1.0', signal)).toBe(pushed.digest);
  });

  it('leaves a tag of another digest alone', async () => {
    const theirs = await registry.push({ content: 'theirs', tag: '1.2.0' });
    await registry.push({ content: 'ours' });
    const { image } = openTestImage(registry.host);
    const ours = (await image.readManifest('source', signal))!;
    const error = await failureOf(image.putManifest('1.2.0', ours, signal));
    expect(error).toMatchObject({
      code: 'IMAGE_TAG_TAKEN',
      kind: 'conflict',
      message: `${registry.host}/${testPath}:1.2.0 holds ${theirs.digest}, planned ${ours.digest}`,
    });
    expect(await image.readDigest('1.2.0', signal)).toBe(theirs.digest);
    expect(registry.methods()).not.toContain('PUT');
  });

  it('overwrites where it is told to', async () => {
    await registry.push({ content: 'before', tag: 'latest' });
    const after = await registry.push({ content: 'after' });
    const { image } = openTestImage(registry.host);
    const manifest = (await image.readManifest('source', signal))!;
    await image.putManifest('latest', manifest, signal, { overwrite: true });
    expect(await image.readDigest('latest', signal)).toBe(after.digest);
  });

  it('believes the registry when the reply is lost', async () => {
    const pushed = await registry.push({ content: 'lost reply' });
    const { image } = openTestImage(registry.host);
    const manifest = (await image.readManifest('source', signal))!;
    registry.clearLog();
    registry.faults.add({ method: 'PUT', fault: { kind: 'drop-reply' } });
    await image.putManifest('1.3.0', manifest, signal);
    expect(registry.methods()).toEqual(['HEAD', 'PUT', 'HEAD']);
    expect(await image.readDigest('1.3.0', signal)).toBe(pushed.digest);
  });

  it('does not run over what somebody wrote while the reply was lost', async () => {
    await registry.push({ content: 'ours again' });
    const { image } = openTestImage(registry.host);
    const manifest = (await image.readManifest('source', signal))!;
    registry.faults.add({
      method: 'HEAD',
      fault: {
        kind: 'then',
        run: async () =>
          void (await registry.push({ content: 'rival', tag: '1.4.0' })),
      },
    });
    registry.faults.add({ method: 'PUT', fault: { kind: 'drop-request' } });
    const error = await failureOf(image.putManifest('1.4.0', manifest, signal));
    expect(error).toMatchObject({
      code: 'IMAGE_TAG_TAKEN',
      hint: 'Somebody else wrote the tag first; plan again to see what is there now.',
    });
  });

  it.each([429, 502, 503, 504])('tries again after %i', async status => {
    const pushed = await registry.push({ content: `busy ${status}` });
    const { image, waits } = openTestImage(registry.host);
    const manifest = (await image.readManifest('source', signal))!;
    registry.faults.add({
      method: 'PUT',
      times: 2,
      fault: { kind: 'answer', status },
    });
    await image.putManifest(`2.0.${status}`, manifest, signal);
    expect(await image.readDigest(`2.0.${status}`, signal)).toBe(pushed.digest);
    expect(waits).toHaveLength(2);
  });

  it('gives up after four attempts, naming tag and status', async () => {
    await registry.push({ content: 'down' });
    const { image } = openTestImage(registry.host);
    const manifest = (await image.readManifest('source', signal))!;
    registry.faults.add({
      method: 'PUT',
      times: 99,
      fault: { kind: 'answer', status: 503 },
    });
    const error = await failureOf(image.putManifest('3.0.0', manifest, signal));
    expect(error).toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      kind: 'unavailable',
      message: `${registry.host}/${testPath}:3.0.0: the registry answered with status 503`,
    });
    expect(registry.log.filter(each => each.method === 'PUT')).toHaveLength(4);
    registry.faults.clear();
    expect(await image.readDigest('3.0.0', signal)).toBeUndefined();
  });

  it('leaves nothing behind when it is aborted before the PUT', async () => {
    await registry.push({ content: 'aborted' });
    const { image } = openTestImage(registry.host);
    const manifest = (await image.readManifest('source', signal))!;
    const run = new AbortController();
    registry.faults.add({
      method: 'HEAD',
      fault: { kind: 'then', run: () => run.abort() },
    });
    await expect(
      image.putManifest('3.1.0', manifest, run.signal),
    ).rejects.toThrow('aborted');
    expect(await image.readDigest('3.1.0', signal)).toBeUndefined();
  });

  it("shows the registry's own words when it refuses", async () => {
    await registry.push({ content: 'immutable' });
    const { image } = openTestImage(registry.host);
    const manifest = (await image.readManifest('source', signal))!;
    registry.faults.add({
      method: 'PUT',
      fault: {
        kind: 'answer',
        status: 409,
        body: '{"errors":[{"code":"TAG_INVALID","message":"tag is\\u0007 immutable\\r\\nreally"}]}',
      },
    });
    expect(
      await failureOf(image.putManifest('3.2.0', manifest, signal)),
    ).toMatchObject({
      code: 'REGISTRY_REFUSED',
      message: `${registry.host}/${testPath}:3.2.0: the registry refused it with status 409 (it says: TAG_INVALID: tag is immutable really)`,
    });
  });

  it.each([
    [404, {}, 'REGISTRY_REFUSED'],
    [
      201,
      { 'docker-content-digest': `sha256:${'0'.repeat(64)}` },
      'IMAGE_DIGEST_MISMATCH',
    ],
  ])('does not believe an answer of %i %j', async (status, headers, code) => {
    await registry.push({ content: 'doubt' });
    const { image } = openTestImage(registry.host);
    const manifest = (await image.readManifest('source', signal))!;
    registry.faults.add({
      method: 'PUT',
      fault: {
        kind: 'answer',
        status,
        headers: headers as Record<string, string>,
      },
    });
    expect(
      await failureOf(image.putManifest('5.0.0', manifest, signal)),
    ).toMatchObject({ code });
  });
});
