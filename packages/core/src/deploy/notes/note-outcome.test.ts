import { DojoError } from 'backstage-plugin-dojo-common';
import type { NoteRepository } from '../ports';
import { noteOutcome } from './note-outcome';
import { parseNote } from './note-line';

const author = { name: 'Dojo', email: 'dojo@example.test' };
const { signal } = new AbortController();
const at = new Date('2026-11-29T12:01:00Z');
const cause = { code: 'IMAGE_NOT_FOUND', sentence: 'image x:\nnot found' };
const note = (appendNote: NoteRepository['appendNote'], of = signal) =>
  noteOutcome(
    { appendNote },
    { commit: 'c1', folder: 'ledger/dev', author },
    { outcome: 'failed', at, cause },
    of,
  );

describe('noteOutcome', () => {
  it('appends one line at the commit, as it is read again', async () => {
    const appended: Parameters<NoteRepository['appendNote']>[0][] = [];
    await expect(
      note(async given => {
        appended.push(given);
      }),
    ).resolves.toBeUndefined();
    expect(appended).toEqual([
      {
        ref: 'refs/notes/dojo',
        object: 'c1',
        author,
        date: at,
        text: expect.not.stringContaining('\n'),
      },
    ]);
    expect(parseNote(String(appended[0].text))).toEqual([
      {
        kind: 'outcome',
        folder: 'ledger/dev',
        outcome: 'failed',
        at: '2026-11-29T12:01:00.000Z',
        ...cause,
      },
    ]);
  });

  it('fails nothing where the repository takes no notes', async () => {
    const refuse = async () => {
      throw new DojoError({
        code: 'GIT_PUSH_REJECTED',
        kind: 'refused',
        message: 'a hook says no',
      });
    };
    await expect(note(refuse)).resolves.toMatch(/could not be noted.*says no/);
    await expect(note(refuse, AbortSignal.abort('stop'))).rejects.toBe('stop');
    await expect(
      note(async () => {
        throw new TypeError('a bug');
      }),
    ).rejects.toThrow('a bug');
  });
});
