import fc from 'fast-check';
import {
  parseCommitPlanHash,
  parseTagMessage,
  releaseCommitMessage,
  tagMessage,
} from './commit-message';

const seed = 20261122;
const planHash = '7c'.repeat(32);
const digest = `sha256:${'9f'.repeat(32)}`;
const repository = 'ghcr.io/acme/ledger';

describe('releaseCommitMessage', () => {
  it('says what it is, and which plan it came from', () => {
    expect(releaseCommitMessage('0.4.0', planHash)).toBe(
      `chore(release): 0.4.0\n\nDojo-Plan: ${planHash}\n`,
    );
  });
});

describe('parseCommitPlanHash', () => {
  it('reads the trailer back', () => {
    expect(parseCommitPlanHash(releaseCommitMessage('0.4.0', planHash))).toBe(
      planHash,
    );
  });

  it.each(['', 'chore(release): 0.4.0', 'feat: x\n\nDojo-Plan: y\n\nmore'])(
    'finds none in %j',
    message => {
      expect(parseCommitPlanHash(message)).toBeUndefined();
    },
  );
});

describe('tagMessage', () => {
  it('holds the notes, and the promises as trailers', () => {
    expect(
      tagMessage('0.4.0', {
        notes: '### Features\n\n- **budget:** carry over',
        planHash,
        image: { repository, digest },
        movingTags: ['latest', '0.4'],
        forgeRelease: true,
      }),
    ).toBe(
      [
        'Release 0.4.0',
        '',
        '### Features',
        '',
        '- **budget:** carry over',
        '',
        `Dojo-Plan: ${planHash}`,
        `Dojo-Image: ${repository}@${digest}`,
        'Dojo-Moving-Tags: latest, 0.4',
        'Dojo-Forge-Release: yes',
        '',
      ].join('\n'),
    );
  });
});

describe('parseTagMessage', () => {
  it('reads back whatever went in', () => {
    const line = fc.oneof(
      fc.constantFrom(
        '',
        '# a comment',
        '### Features',
        `Dojo-Plan: ${planHash}`,
        'Dojo-Image: evil@sha256:0',
        'Signed-off-by: A',
        ' indented',
        '------------------------ >8 ------------------------',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.record(
          {
            notes: fc.array(line).map(lines => lines.join('\n')),
            planHash: fc.constant(planHash),
            image: fc.constant({ repository, digest }),
            movingTags: fc.subarray(['latest', '1', '1.4']),
            forgeRelease: fc.boolean(),
          },
          { requiredKeys: ['notes', 'planHash', 'movingTags', 'forgeRelease'] },
        ),
        promise => {
          expect(parseTagMessage(tagMessage('1.4.0', promise))).toEqual(
            promise,
          );
        },
      ),
      { seed },
    );
  });

  it.each([
    ['v1.0.0\n', 'v1.0.0'],
    ['v1.0.0\n\nFirst.\n\nSigned-off-by: A\n', 'First.\n\nSigned-off-by: A'],
    ['', ''],
    ['Dojo-Plan: x', 'Dojo-Plan: x'],
    [
      'v1\n\nnotes\n\nDojo-Plan: x\nand prose',
      'notes\n\nDojo-Plan: x\nand prose',
    ],
  ])(
    'takes the text of a tag by another tool as notes: %j',
    (message, notes) => {
      expect(parseTagMessage(message)).toEqual({
        notes,
        movingTags: [],
        forgeRelease: false,
      });
    },
  );

  it('ignores values that no release would write', () => {
    expect(
      parseTagMessage(
        `Release 1.0.0\n\nnotes\n\nDojo-Plan: ${planHash}\nDojo-Image: x y@z\nDojo-Moving-Tags: -x, latest\nDojo-Forge-Release: maybe\n`,
      ),
    ).toEqual({
      notes: 'notes',
      planHash,
      movingTags: ['latest'],
      forgeRelease: false,
    });
  });
});
