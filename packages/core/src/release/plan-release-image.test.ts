import type { ObservedImage } from './release-state';
import type { ReleaseStateOverrides } from './__testUtils__/release-state';
import { base, versionTag } from './__testUtils__/release-state';
import {
  digest,
  image,
  mediaType,
  otherDigest,
  plan,
  repository,
} from './__testUtils__/plan';
import type { Choices } from './__testUtils__/plan';

describe('planRelease', () => {
  describe('when the newest tag left promises open', () => {
    const open = {
      version: '0.3.0',
      tag: 'v0.3.0',
      commit: 'c'.repeat(40),
      notes: 'Old.',
      image: { repository, digest: otherDigest, mediaType, sourceTag: 'x' },
      movingTags: ['latest'],
      forgeRelease: true,
    };

    it('settles them without a new release', () => {
      const planned = plan({ messages: [], release: { open } });
      expect(planned.kind).toBe('already-released');
      expect(planned.decides.finish).toEqual(open);
      expect(planned.shows.effects.map(({ key }) => key)).toEqual([
        `image tag ${repository}:0.3.0`,
        'forge release v0.3.0',
        `image tag ${repository}:latest`,
      ]);
    });

    it('settles them before a new one', () => {
      const planned = plan({ release: { open } });
      expect(planned.shows.effects.map(({ key }) => key)).toEqual([
        `image tag ${repository}:0.3.0`,
        'forge release v0.3.0',
        `image tag ${repository}:latest`,
        'refs main + v0.4.0',
      ]);
    });
  });

  describe('when an image is promoted', () => {
    const withImage = (
      observed: Partial<ObservedImage>,
      choices: Choices = {},
    ) => plan({ image: image(observed) }, { image: repository, ...choices });

    it('says which tags hold it already', () => {
      const { effects } = withImage({ tags: { '0.4.0': digest } }).shows;
      expect(
        effects.filter(({ already }) => already).map(({ key }) => key),
      ).toEqual([`image bytes ${digest}`, `image tag ${repository}:0.4.0`]);
    });

    it.each(['a41d9e2', base.toUpperCase()])(
      'knows the head by %s',
      revision => {
        const source = {
          kind: 'found',
          digest,
          mediaType,
          revisions: [base, revision],
        } as const;
        expect(withImage({ source }).shows.warnings).toEqual([]);
      },
    );

    it('warns where nothing proves what it was built from', () => {
      const source = {
        kind: 'found',
        digest,
        mediaType,
        revisions: [],
      } as const;
      expect(withImage({ source }).shows.warnings).toEqual([
        `${repository}:${base} names no revision: nothing proves which commit it was built from.`,
      ]);
    });

    it.each<[string, Partial<ObservedImage>, Choices, object]>([
      [
        'is not in the registry',
        { source: { kind: 'absent' } },
        {},
        {
          code: 'RELEASE_IMAGE_SOURCE_MISSING',
          message: `image tag ${repository}:${base} does not exist, so there is no image to release`,
          hint: expect.stringContaining(`Push ${repository}:${base} first`),
        },
      ],
      [
        'is of another commit',
        {
          source: {
            kind: 'found',
            digest,
            mediaType,
            revisions: [base, 'd'.repeat(40)],
          },
        },
        {},
        {
          code: 'RELEASE_IMAGE_REVISION',
          message: `image tag ${repository}:${base} was built from ${'d'.repeat(
            40,
          )}, not from the released head ${base}`,
        },
      ],
      [
        'is of a commit named too shortly',
        { source: { kind: 'found', digest, mediaType, revisions: ['a41d'] } },
        {},
        { code: 'RELEASE_IMAGE_REVISION' },
      ],
      [
        'would move a version tag',
        { tags: { '0.4.0': otherDigest } },
        {},
        {
          code: 'RELEASE_IMAGE_DIGEST_CONFLICT',
          message: `image tag ${repository}:0.4.0 holds ${otherDigest}, the image to release is ${digest}`,
        },
      ],
      [
        'cannot have the version as its tag',
        {},
        { bump: '0.5.0+build' },
        {
          code: 'RELEASE_VERSION_NOT_IMAGE_TAG',
          message: '0.5.0+build cannot be an image tag',
        },
      ],
    ])('refuses one that %s', (_, observed, choices, error) => {
      expect(() => withImage(observed, choices)).toThrow(
        expect.objectContaining({ kind: 'refused', ...error }),
      );
    });

    it.each<[Choices, ReleaseStateOverrides, string]>([
      [
        { movingTags: ['latest'] },
        {},
        'Moving tags stay where they are: no image is released.',
      ],
      [
        { movingTags: ['latest'], image: repository },
        {
          image: image(),
          versionTags: [versionTag('0.3.0'), versionTag('9.0.0', 'd')],
        },
        'Moving tags stay where they are: 0.4.0 is not the highest stable version.',
      ],
    ])('says where moving tags stay: %j', (choices, overrides, warning) => {
      const planned = plan(overrides, choices);
      expect(planned.shows.warnings).toEqual([warning]);
      expect(planned.decides.release?.movingTags).toEqual([]);
    });
  });
});
