import type { LandedVersion } from './landed-version';
import { landingOf, previousVersion } from './previous-version';

/** Landings in the order in which they came: `v1`, a rollback as `<v1`, another image as `v1+b`. */
function landed(...names: string[]): LandedVersion[] {
  return names
    .map((name, at) => {
      const [, back, tag, image] = /^(<?)(v\d+)(?:\+(.))?$/.exec(name)!;
      const commit = tag.slice(1).repeat(40).slice(0, 40);
      const version = {
        tag,
        commit,
        images: image ? [{ name: 'ledger', newTag: image }] : [],
      };
      return {
        infraCommit: `${at}`,
        version,
        ...(back && {
          change: {
            planHash: '',
            component: 'ledger',
            environment: 'dev',
            base: 'x//y',
            commit,
            images: [],
            isRollback: true,
          },
        }),
      };
    })
    .reverse();
}

describe('previousVersion', () => {
  it.each([
    ['v1', undefined],
    ['v1 v2', 'v1'],
    // What a person changed beside the version is no version.
    ['v1 v2 v2 v2', 'v1'],
    ['v1 v2 v3', 'v2'],
    // A second rollback goes further back, and never to what was left.
    ['v1 v2 v3 <v2', 'v1'],
    ['v1 v2 <v1', undefined],
    ['v1 v2 <v1 v2', 'v1'],
    ['v1 v2 <v1 v3', 'v1'],
    // Deployed again by name is no rollback.
    ['v1 v2 v1', 'v2'],
    // To a version that is not in the history that was read.
    ['v2 v3 <v1', 'v3'],
    ['v1 v1+b', 'v1'],
  ])('of %s is %s', (names, expected) => {
    const all = landed(...names.split(' '));
    const found = previousVersion(all, all[0].version);
    expect(found?.version.tag).toBe(expected);
  });
});

describe('landingOf', () => {
  it('is the newest landing of the tag, with or without its v', () => {
    const all = landed('v1', 'v2', 'v1', 'v3');
    expect(landingOf(all, 'v1')?.infraCommit).toBe('2');
    expect(landingOf(all, '2')?.infraCommit).toBe('1');
    expect(landingOf(all, 'v9')).toBeUndefined();
  });
});
