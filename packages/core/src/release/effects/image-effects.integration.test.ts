import type { Outcome } from 'backstage-plugin-dojo-common';
import { pushImage, registryAccount, startRegistry } from 'dojo-testing';
import { settle } from '../../effect/effect';
import { toEffects } from '../../effect/effect-step';
import {
  openTestImage,
  testPath,
} from '../../oci/__testUtils__/open-test-image';
import { suiteRegistry } from '../../oci/__testUtils__/suite-registry';
import { imageBytesStep, imageTagStep, movingTagStep } from './image-effects';
import type { ImageRepository } from '../ports';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const kinds = (outcomes: Outcome[]) => outcomes.map(({ kind }) => kind);

describe('image effects', () => {
  const registry = suiteRegistry();
  let minor = 0;
  let version: string;

  const open = (): ImageRepository => openTestImage(registry.host).image;
  const push = async (content: string, tag = 'source') => {
    const { digest, mediaType } = await registry.push({
      tag,
      content,
      shape: 'index',
    });
    const repository = `${registry.host}/${testPath}`;
    return {
      version,
      image: { repository, digest, mediaType, sourceTag: tag },
    };
  };
  const effects = (subject: Awaited<ReturnType<typeof push>>, image = open()) =>
    toEffects(
      [
        imageBytesStep(subject, 'a'.repeat(40)),
        imageTagStep(subject, {}),
        movingTagStep('latest', subject, {}),
      ],
      { openImage: () => image },
    );
  const tagOnly = (subject: Awaited<ReturnType<typeof push>>) =>
    toEffects([imageTagStep(subject, {})], { openImage: open });
  const held = (tag: string) => open().readDigest(tag, signal);
  const writes = () => registry.log.filter(each => each.method === 'PUT');

  beforeEach(() => {
    minor += 1;
    version = `1.${minor}.0`;
  });

  it('gives the exact bytes their tags', async () => {
    const subject = await push('first');
    const outcomes = await settle(effects(subject), { signal });
    const name = `${registry.host}/${testPath}`;
    expect(outcomes).toEqual([
      { kind: 'done', key: `image bytes ${subject.image.digest}` },
      { kind: 'done', key: `image tag ${name}:${version}` },
      { kind: 'done', key: `image tag ${name}:latest` },
    ]);
    expect(await held(version)).toBe(subject.image.digest);
    expect(await held('latest')).toBe(subject.image.digest);
  });

  it('writes nothing the second time', async () => {
    const subject = await push('second run');
    await settle(effects(subject), { signal });
    registry.clearLog();
    expect(kinds(await settle(effects(subject), { signal }))).toEqual([
      'already-done',
      'already-done',
      'already-done',
    ]);
    expect(writes()).toEqual([]);
  });

  it('ends the same for 16 at once', async () => {
    const subject = await push('many');
    const runs = await Promise.all(
      Array.from({ length: 16 }, () => settle(effects(subject), { signal })),
    );
    // None may have seen what another wrote: all looked before.
    const others = runs.flatMap(kinds).filter(kind => kind !== 'already-done');
    expect(new Set(others)).toEqual(new Set(['done']));
    expect(await held(version)).toBe(subject.image.digest);
  });

  describe('when somebody else has the version tag', () => {
    it('ends before anything is written', async () => {
      const theirs = await push('theirs', version);
      const subject = await push('ours');
      const outcomes = await settle(effects(subject), { signal });
      expect(outcomes).toMatchObject([
        {
          kind: 'failed',
          error: {
            code: 'EFFECT_CONFLICT',
            kind: 'conflict',
            message: `image bytes ${subject.image.digest} cannot become ${registry.host}/${testPath}:${version}, which holds ${theirs.image.digest}`,
          },
        },
        { kind: 'not-attempted' },
        { kind: 'not-attempted' },
      ]);
      expect(await held(version)).toBe(theirs.image.digest);
      expect(writes()).toEqual([]);
    });

    it('leaves it alone where they came between look and write', async () => {
      const subject = await push('slow');
      const other = { digest: '' };
      registry.faults.add({
        method: 'HEAD',
        fault: {
          kind: 'then',
          run: async () => {
            other.digest = (await push('quick', version)).image.digest;
          },
        },
      });
      const [outcome] = await settle(tagOnly(subject), { signal });
      expect(outcome).toMatchObject({
        kind: 'failed',
        error: { kind: 'conflict' },
      });
      expect(await held(version)).toBe(other.digest);
    });
  });

  describe('when we may not write', () => {
    it('says so at the first effect', async () => {
      const secured = await startRegistry({ auth: 'token' });
      const scope = `repository:${testPath}:pull,push`;
      const { username, password } = registryAccount;
      const pair = Buffer.from(`${username}:${password}`).toString('base64');
      const reply = await fetch(`${secured.tokens?.url}/token?scope=${scope}`, {
        headers: { authorization: `Basic ${pair}` },
      });
      const { token } = await reply.json();
      const { digest, mediaType } = await pushImage({
        registry: secured.direct,
        repository: testPath,
        tag: 'source',
        headers: { authorization: `Bearer ${token}` },
      });
      const repository = `${secured.host}/${testPath}`;
      const image = { repository, digest, mediaType, sourceTag: 'source' };
      const anonymous = openTestImage(secured.host).image;
      const outcomes = await settle(effects({ version, image }, anonymous), {
        signal,
      });
      expect(outcomes).toMatchObject([
        { kind: 'failed', error: { code: 'REGISTRY_DENIED', kind: 'denied' } },
        { kind: 'not-attempted' },
        { kind: 'not-attempted' },
      ]);
      expect(await anonymous.readDigest(version, signal)).toBeUndefined();
      await secured.close();
    });
  });

  describe('when the image is gone', () => {
    const gone = async () => {
      const subject = await push(`gone ${version}`);
      const digest = `sha256:${'0'.repeat(64)}`;
      return { ...subject, image: { ...subject.image, digest } };
    };

    it('has nothing to release', async () => {
      const [outcome] = await settle(effects(await gone()), { signal });
      expect(outcome).toMatchObject({
        kind: 'failed',
        error: { code: 'RELEASE_IMAGE_SOURCE_MISSING' },
      });
    });

    it('names the way on where the version is out already', async () => {
      const [outcome] = await settle(tagOnly(await gone()), { signal });
      expect(outcome).toMatchObject({
        kind: 'failed',
        error: {
          code: 'RELEASE_PROMISE_BROKEN',
          hint: expect.stringContaining(`dojo release --abandon ${version}`),
        },
      });
    });
  });

  describe('when a run is cut', () => {
    // Each request of an undisturbed run, by its place in the registry's log.
    it.each(Array.from({ length: 16 }, (_, at) => at))(
      'is finished by the next one, from request %i on',
      async at => {
        const subject = await push(`cut ${at}`);
        const run = new AbortController();
        registry.faults.add({ times: at, fault: { kind: 'then', run() {} } });
        registry.faults.add({
          fault: { kind: 'then', run: () => run.abort() },
        });
        await settle(effects(subject), { signal: run.signal }).catch(
          () => undefined,
        );
        registry.faults.clear();
        const outcomes = await settle(effects(subject), { signal });
        expect(
          outcomes.every(({ kind }) => ['done', 'already-done'].includes(kind)),
        ).toBe(true);
        expect(await held(version)).toBe(subject.image.digest);
        expect(await held('latest')).toBe(subject.image.digest);
      },
    );

    it.each([0, 1, 2])(
      'is whole though the reply to PUT %i is lost',
      async at => {
        const subject = await push(`lost ${at}`);
        registry.faults.add({
          method: 'PUT',
          times: at,
          fault: { kind: 'then', run() {} },
        });
        registry.faults.add({ method: 'PUT', fault: { kind: 'drop-reply' } });
        expect(kinds(await settle(effects(subject), { signal }))).toEqual([
          'done',
          'done',
          'done',
        ]);
        expect(await held(version)).toBe(subject.image.digest);
      },
    );

    it('reports what is there where the registry goes down in the middle', async () => {
      const subject = await push('down');
      registry.faults.add({
        method: 'PUT',
        fault: { kind: 'then', run() {} },
      });
      registry.faults.add({
        method: 'PUT',
        times: 99,
        fault: { kind: 'answer', status: 503 },
      });
      expect(kinds(await settle(effects(subject), { signal }))).toEqual([
        'done',
        'failed',
        'not-attempted',
      ]);
      expect(await held(version)).toBeUndefined();
    });
  });
});
