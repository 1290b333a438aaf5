import fc from 'fast-check';
import { cutNotes, maxBodyLength } from './cut-notes';

const url = 'https://forge.test/acme/ledger/blob/v1.0.0/CHANGELOG.md';

describe('cutNotes', () => {
  it('leaves short notes as they are', () => {
    const notes = 'a'.repeat(maxBodyLength - 1);
    expect(cutNotes(notes, url)).toBe(notes);
  });

  it('cuts at the end of a line and links to the rest', () => {
    const link = `\n\n… The notes are too long for this page: [all of them](${url}).\n`;
    const room = 'first\nsecond\nthi'.length;
    expect(
      cutNotes(
        'first\nsecond\nthird\n'.repeat(20),
        url,
        link.length + room + 1,
      ),
    ).toBe(`first\nsecond${link}`);
  });

  it('is below the limit and holds no half character, whatever the notes are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 100, maxLength: 600 }),
        fc.integer({ min: 150, max: 400 }),
        (notes, limit) => {
          const cut = cutNotes(notes, url, limit);
          expect(cut.length).toBeLessThan(limit);
          expect(() => encodeURIComponent(cut)).not.toThrow();
          expect(cut === notes || cut.includes(url)).toBe(true);
        },
      ),
      { seed: 20261122, numRuns: 300 },
    );
  });
});
