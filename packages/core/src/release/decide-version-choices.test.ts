import type { ReleaseRequestInput } from 'backstage-plugin-dojo-common';
import { releaseRequestSchema } from 'backstage-plugin-dojo-common';
import { releaseState } from './__testUtils__/release-state';
import { decideVersion, ensureNotReleased } from './decide-version';

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

describe('the choices of decideVersion', () => {
  it('are what each way to bump comes to, whatever is asked for', () => {
    const choices = {
      auto: '0.4.0',
      major: '1.0.0',
      minor: '0.4.0',
      patch: '0.3.1',
      prerelease: '0.4.0-rc.1',
    };
    expect(decide().choices).toEqual(choices);
    expect(decide({}, { bump: '0.3.0' }).choices).toEqual(choices);
  });

  it('have no auto where no commit counts, and none at all where nothing came', () => {
    expect(decide({ messages: ['chore: x'] }).choices).toEqual({
      major: '1.0.0',
      minor: '0.4.0',
      patch: '0.3.1',
      prerelease: '0.3.1-rc.1',
    });
    expect(decide({ commits: [] }).choices).toEqual({});
  });
});

describe('ensureNotReleased', () => {
  const request = (bump: string) =>
    releaseRequestSchema.parse({ repository: 'file:ledger.git', bump });

  it('refuses the newest version by name while commits came since, and says what to choose', () => {
    expect(() =>
      ensureNotReleased(releaseState({}), request('0.3.0'), { auto: '0.4.0' }),
    ).toThrow(
      expect.objectContaining({
        code: 'RELEASE_VERSION_EXISTS',
        kind: 'input',
        message: '0.3.0 already exists, and 1 commit came since',
        hint: 'Choose auto (0.4.0) or a higher version.',
      }),
    );
    expect(() =>
      ensureNotReleased(releaseState({}), request('0.3.0'), {}),
    ).toThrow(expect.objectContaining({ hint: 'Choose a higher version.' }));
  });

  it.each<[string, Overrides, string]>([
    ['nothing came since', { commits: [] }, '0.3.0'],
    ['another version is asked for', {}, '0.5.0'],
    ['there is no version yet', { newest: undefined }, '0.3.0'],
  ])('lets pass where %s', (_, overrides, bump) => {
    ensureNotReleased(releaseState(overrides), request(bump), {});
    expect.assertions(0);
  });
});
