import type { ReleaseRequestInput } from 'backstage-plugin-dojo-common';
import { releaseRequestSchema } from 'backstage-plugin-dojo-common';
import { releaseCommitMessage } from './commit-message';
import { decideVersion } from './decide-version';
import { releaseState, versionTag } from './__testUtils__/release-state';

type Overrides = Parameters<typeof releaseState>[0];

function decide(
  overrides: Overrides = {},
  choices: Partial<ReleaseRequestInput> = {},
) {
  return decideVersion(
    releaseState(overrides),
    releaseRequestSchema.parse({ repository: 'file:ledger.git', ...choices }),
  );
}

describe('decideVersion', () => {
  describe('when the version is taken by another line', () => {
    it('refuses, naming the next free one', () => {
      const versionTags = [
        versionTag('0.3.0'),
        versionTag('0.3.1', 'd'),
        versionTag('0.3.2', 'd'),
      ];
      expect(() => decide({ messages: ['fix: x'], versionTags })).toThrow(
        expect.objectContaining({
          code: 'RELEASE_VERSION_TAKEN',
          kind: 'refused',
          message: '0.3.1 exists already, not on main',
          hint: 'The next free version is 0.3.3.',
        }),
      );
    });

    it.each([
      ['rc', ['0.3.1', '0.3.1-rc.1'], '0.3.1-rc.1', '0.3.2-rc.1'],
      ['beta', ['0.3.1', '0.3.1-rc.1'], '0.3.1-beta.1', '0.3.2-beta.1'],
    ])(
      'refuses a candidate (%s) of a version that is out',
      (preid, others, taken, free) => {
        const versionTags = [
          ...others.map(version => versionTag(version, 'd')),
          versionTag('0.3.0'),
        ];
        expect(() =>
          decide(
            { messages: ['fix: x'], versionTags },
            { bump: 'prerelease', preid },
          ),
        ).toThrow(
          expect.objectContaining({
            code: 'RELEASE_VERSION_TAKEN',
            message: `${taken} exists already, not on main`,
            hint: `The next free version is ${free}.`,
          }),
        );
      },
    );

    it('refuses a version by name too', () => {
      expect(() =>
        decide({ versionTags: [versionTag('0.9.0', 'd')] }, { bump: '0.9.0' }),
      ).toThrow('0.9.0 exists already, not on main');
    });
  });

  describe('when the head is a release commit', () => {
    const message = releaseCommitMessage('0.4.0', 'a'.repeat(64));

    it('refuses to go on where its tag is missing', () => {
      expect(() => decide({ messages: [message, 'feat: x'] })).toThrow(
        expect.objectContaining({
          code: 'RELEASE_TAG_MISSING',
          message:
            'main is at 1e00000, the release commit of v0.4.0, but there is no such tag',
        }),
      );
    });

    it('goes on where the commit is that of another component', () => {
      expect(
        decide({ messages: [message, 'fix: x'], isTagged: true }),
      ).toMatchObject({ version: '0.3.1' });
    });

    it('goes on where the tag is elsewhere', () => {
      const versionTags = [versionTag('0.3.0'), versionTag('0.4.0', 'd')];
      const messages = [message, 'fix: x'];
      expect(decide({ messages, versionTags })).toMatchObject({
        version: '0.3.1',
      });
    });
  });

  it('refuses a version that is not above the newest', () => {
    expect(() => decide({}, { bump: '0.2.9' })).toThrow(
      '0.2.9 is not above 0.3.0, the newest version on the branch',
    );
  });
});
