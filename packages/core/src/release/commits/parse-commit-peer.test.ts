import { CommitParser } from 'conventional-commits-parser';
import fc from 'fast-check';
import { parseCommit } from './parse-commit';

const seed = 20261122;

describe('parseCommit', () => {
  describe('beside conventional-commits-parser, where that follows the specification', () => {
    const peer = new CommitParser({
      headerPattern: /^(\w*)(?:\((.*)\))?!?: (.*)$/,
      breakingHeaderPattern: /^(\w*)(?:\((.*)\))?!: (.*)$/,
      headerCorrespondence: ['type', 'scope', 'subject'],
      noteKeywords: ['BREAKING CHANGE', 'BREAKING-CHANGE'],
    });

    it('agrees on type, scope, description and whether it breaks', () => {
      const word = fc.stringMatching(/^[a-z]{1,8}$/);
      const text = fc.stringMatching(/^[a-z][a-z ]{0,20}[a-z]$/);
      fc.assert(
        fc.property(
          word,
          fc.option(word, { nil: undefined }),
          fc.constantFrom('', '!', ' '),
          fc.constantFrom(':', ': '),
          text,
          fc.option(text, { nil: undefined }),
          fc.constantFrom(
            '',
            'BREAKING CHANGE: y',
            'BREAKING-CHANGE: y',
            'Refs: z',
          ),
          (type, scope, mark, colon, description, body, footer) => {
            const message = [
              `${type}${
                scope === undefined ? '' : `(${scope})`
              }${mark}${colon}${description}`,
              ...(body === undefined ? [] : [body]),
              ...(footer === '' ? [] : [footer]),
            ].join('\n\n');
            const theirs = peer.parse(message);
            const ours = parseCommit(message);
            expect(ours?.type).toBe(theirs.type ?? undefined);
            expect(ours?.scope).toBe(theirs.scope ?? undefined);
            expect(ours?.description).toBe(theirs.subject ?? undefined);
            // The peer reads notes of what it finds not to be conventional.
            const theyBreak = Boolean(theirs.type) && theirs.notes.length > 0;
            expect(ours?.breaking !== undefined).toBe(theyBreak);
          },
        ),
        { seed },
      );
    });
  });
});
