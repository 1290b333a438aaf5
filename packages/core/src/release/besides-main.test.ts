import { releaseRequestSchema } from 'backstage-plugin-dojo-common';
import { releaseState, versionTag } from './__testUtils__/release-state';
import { planRelease } from './plan-release';

const request = releaseRequestSchema.parse({
  repository: 'file:ledger.git',
  branch: 'release/0.3',
});
const fix = 'fix(net-worth): count credit cards (#40)';
const showsOf = (
  messages: readonly string[],
  holds: readonly number[],
  versions: readonly string[] = ['0.4.0', '0.3.0'],
) => {
  const state = releaseState({
    branch: 'release/0.3',
    messages,
    versionTags: versions.map(version => versionTag(version)),
  });
  const main = {
    branch: 'main',
    holds: holds.map(at => state.commits[at].oid),
  };
  return planRelease({ ...state, main }, request).shows;
};

describe('planRelease', () => {
  describe('when a maintenance branch is released', () => {
    it('says that the latest release stays the latest, and which fix main lacks', () => {
      const { staysLatest, warnings } = showsOf([fix], []);
      expect(staysLatest).toBe('0.4.0');
      expect(warnings).toContain(
        '1 fix of this branch is not on main: fix(net-worth): count credit cards.',
      );
    });

    it('counts neither what main has nor what counts for no version', () => {
      const { warnings } = showsOf([fix, 'docs: how to', 'fix: two'], [0]);
      expect(warnings).toContain(
        '1 fix of this branch is not on main: fix: two.',
      );
      expect(showsOf([fix, 'docs: how to'], [0]).warnings).toEqual([]);
    });

    it('names three of them, and calls what is more than a fix a change', () => {
      const { warnings } = showsOf(
        ['fix: a', 'fix: b', 'feat: c', 'fix: d'],
        [],
        ['0.5.0', '0.3.0'],
      );
      expect(warnings).toContain(
        '4 changes of this branch are not on main: fix: a; fix: b; feat: c; ….',
      );
    });
  });

  it('says nothing of it where the new version is the latest', () => {
    const { staysLatest } = planRelease(
      releaseState({ messages: ['fix: x'] }),
      request,
    ).shows;
    expect(staysLatest).toBeUndefined();
  });
});
