import { listProblems, parseInput } from './parse-input';
import { releasePlanBodySchema } from './release/release-plan-route';

const parse = (input: unknown) =>
  parseInput(releasePlanBodySchema, input, 'plan of a release');

describe('parseInput', () => {
  it('fills in the defaults of the schema', () => {
    expect(parse({ component: 'component:default/ledger' })).toEqual({
      component: 'component:default/ledger',
      bump: 'auto',
      preid: 'rc',
      squash: 'title',
      changelog: 'CHANGELOG.md',
      movingTags: [],
      forgeRelease: 'auto',
    });
  });

  it('names every problem at once', () => {
    expect(() =>
      parse({ bump: 'huge', date: '2026-02-30', changelog: '../x', repo: 1 }),
    ).toThrow(
      expect.objectContaining({
        name: 'DojoError',
        code: 'INPUT_INVALID',
        kind: 'input',
        message:
          'plan of a release is not valid: bump: must be auto, major, minor, patch, prerelease, or a version such as 1.2.3; ' +
          'changelog: must be a relative path inside the repository; ' +
          'date: must be a day of the calendar; component: Required; ' +
          "Unrecognized key(s) in object: 'repo'",
      }),
    );
  });

  it.each([
    '--upload-pack=touch',
    '/etc/passwd',
    'a/../../b',
    '.git/config',
    'a\nb',
    '',
  ])('refuses the path %j', changelog => {
    expect(() => parse({ component: 'a', changelog })).toThrow(/changelog/);
  });
});

describe('listProblems', () => {
  it('gives a problem of the whole value without a path', () => {
    const { error } = releasePlanBodySchema.safeParse('text');
    expect(error && listProblems(error)).toEqual([
      'Expected object, received string',
    ]);
  });
});
