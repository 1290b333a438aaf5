import { DojoError } from 'backstage-plugin-dojo-common';
import type { NoteRepository } from '../ports';
import { parseNote } from './note-line';
import { noteSeenOutcome } from './note-seen-outcome';

const { signal } = new AbortController();
const author = { name: 'Dojo', email: 'dojo@example.test' };
const landing = { commit: 'c1', folder: 'ledger/staging', author };
const at = new Date('2026-11-29T14:02:00Z');

/** A note as a repository keeps it. */
function noteOf() {
  let note: string | undefined;
  const repository: Pick<NoteRepository, 'appendNote'> = {
    appendNote: async ({ text }) => {
      const more = typeof text === 'string' ? text : text(note);
      if (more !== '') note = `${note ?? ''}${more}\n`;
    },
  };
  return { repository, lines: () => parseNote(note ?? '') };
}

describe('noteSeenOutcome', () => {
  it('notes an end once, however many saw it and whenever', async () => {
    const { repository, lines } = noteOf();
    for (const seconds of [0, 1, 60]) {
      const seen = new Date(at.getTime() + seconds * 1_000);
      await expect(
        noteSeenOutcome(
          repository,
          landing,
          { outcome: 'healthy', at: seen },
          signal,
        ),
      ).resolves.toEqual({ isNoted: true });
    }
    expect(lines()).toEqual([
      {
        kind: 'outcome',
        folder: 'ledger/staging',
        outcome: 'healthy',
        at: at.toISOString(),
      },
    ]);
  });

  it('notes what followed, and that of another environment', async () => {
    const { repository, lines } = noteOf();
    const cause = { code: 'CONTAINER_CRASHED', sentence: 'exits at start' };
    const note = (
      outcome: 'healthy' | 'failed',
      folder: string,
      minutes: number,
    ) =>
      noteSeenOutcome(
        repository,
        { ...landing, folder },
        {
          outcome,
          at: new Date(at.getTime() + minutes * 60_000),
          ...(outcome === 'failed' && { cause }),
        },
        signal,
      );
    await note('failed', 'ledger/staging', 0);
    await note('failed', 'ledger/staging', 1);
    await note('failed', 'ledger/dev', 2);
    await note('healthy', 'ledger/staging', 3);
    expect(lines()).toMatchObject([
      { outcome: 'failed', folder: 'ledger/staging', ...cause },
      { outcome: 'failed', folder: 'ledger/dev' },
      { outcome: 'healthy', folder: 'ledger/staging' },
    ]);
  });

  it('says why where the repository takes no notes', async () => {
    const appendNote = async () => {
      throw new DojoError({
        code: 'GIT_PUSH_REJECTED',
        kind: 'refused',
        message: 'a hook says no',
      });
    };
    await expect(
      noteSeenOutcome(
        { appendNote },
        landing,
        { outcome: 'healthy', at },
        signal,
      ),
    ).resolves.toEqual({ isNoted: false, why: 'a hook says no' });
    await expect(
      noteSeenOutcome(
        { appendNote: async () => Promise.reject(new TypeError('a bug')) },
        landing,
        { outcome: 'healthy', at },
        signal,
      ),
    ).rejects.toThrow('a bug');
  });
});
