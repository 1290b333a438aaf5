import { plan } from './__testUtils__/plan';
import type { Choices } from './__testUtils__/plan';

describe('planRelease', () => {
  describe('when Python reads the version', () => {
    const python = (newest: string, choices: Choices) =>
      plan(
        {
          newest,
          newestStable: '0.3.0',
          messages: ['chore: x'],
          texts: [
            { path: 'pyproject.toml', text: '[project]\nversion = "0.3.0"\n' },
          ],
        },
        choices,
      );

    it.each<[string, Choices, string]>([
      ['0.3.0', { bump: 'prerelease' }, '0.3.1-rc.1'],
      ['0.3.0', { bump: 'prerelease', preid: 'beta' }, '0.3.1-beta.1'],
      ['0.4.0-beta.1', { bump: 'prerelease' }, '0.4.0-rc.1'],
      ['0.4.0-rc.9', { bump: 'prerelease' }, '0.4.0-rc.10'],
      ['0.4.0-rc.9', { bump: 'patch' }, '0.4.0'],
      ['0.4.0-rc.9', { bump: '0.5.0-alpha.1' }, '0.5.0-alpha.1'],
    ])('takes what it sorts alike: %s, %j', (newest, choices, version) => {
      expect(python(newest, choices).decides.release).toMatchObject({
        version,
      });
    });

    it.each<[string, Choices, string]>([
      [
        '0.3.0',
        { bump: '0.4.0-0' },
        '0.4.0-0 cannot stand in pyproject.toml: Python would reject it or take it for a post-release',
      ],
      [
        '0.3.0',
        { bump: 'prerelease', preid: 'next' },
        '0.3.1-next.1 cannot stand in pyproject.toml: Python would reject it or take it for a post-release',
      ],
      [
        '0.4.0-beta.1',
        { bump: 'prerelease', preid: 'dev' },
        '0.4.0-dev.1 cannot stand in pyproject.toml: Python would not sort it after 0.4.0-beta.1',
      ],
      [
        '0.4.0-pre.1',
        { bump: 'prerelease' },
        '0.4.0-rc.1 cannot stand in pyproject.toml: Python would not sort it after 0.4.0-pre.1',
      ],
    ])('refuses what it would not: %s, %j', (newest, choices, message) => {
      expect(() => python(newest, choices)).toThrow(
        expect.objectContaining({
          code: 'RELEASE_VERSION_NOT_PEP440',
          kind: 'refused',
          message,
        }),
      );
    });

    it('asks nobody where no Python file is there', () => {
      expect(plan({}, { bump: '0.4.0-next.1' }).decides.release).toMatchObject({
        version: '0.4.0-next.1',
      });
    });
  });
});
