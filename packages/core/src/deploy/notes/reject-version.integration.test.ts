import { git } from 'dojo-testing';
import { InfraPlace, reaches } from '../../git/infra/__testUtils__/infra-place';
import { formatNoteLine, notesRef } from './note-line';
import { findRejection } from './find-rejection';
import { rejectVersion } from './reject-version';
import type { RejectionRequest } from './reject-version';

jest.setTimeout(60_000);

const author = { name: 'Dojo', email: 'dojo@example.test' };
const { signal } = new AbortController();
const asked = {
  version: 'v0.4.1',
  by: 'user:default/ada',
  reason: 'wrong time zone value',
};

describe.each(reaches)('rejectVersion %s', reach => {
  let place: InfraPlace;
  let path: string;
  let commit: string;

  beforeEach(() => {
    place = new InfraPlace();
    path = place.make(
      [
        { message: 'one', files: { a: '1' }, tag: 'v0.4.0' },
        { message: 'two', files: { a: '2' }, tag: 'v0.4.1' },
      ],
      'ledger',
    );
    commit = git(path, ['rev-parse', 'v0.4.1^{commit}']);
  });
  afterEach(() => place.dispose());

  const reject = async (
    request: Partial<RejectionRequest> = {},
    at = new Date('2026-11-29T12:00:00Z'),
  ) =>
    rejectVersion(
      await place.openBase(await place.address(reach, 'ledger')),
      { ...asked, ...request },
      { author, at, signal },
    );
  const lines = () =>
    git(path, ['notes', `--ref=${notesRef}`, 'show', commit]).split('\n');
  const rejection = { ...asked, at: '2026-11-29T12:00:00.000Z' };

  it('notes who rejected it, when and why, at the tagged commit', async () => {
    await expect(reject()).resolves.toEqual({
      outcome: 'rejected',
      commit,
      rejection,
    });
    expect(lines()).toEqual([
      formatNoteLine({ kind: 'rejected', ...rejection }),
    ]);
  });

  it('is found afterwards, and no other version is', async () => {
    const find = async (version: string) =>
      findRejection(
        await place.openBase(await place.address(reach, 'ledger')),
        version,
        signal,
      );
    await expect(find('v0.4.1')).resolves.toEqual({ commit });
    await reject();
    await expect(find('v0.4.1')).resolves.toEqual({ commit, rejection });
    expect(await find('v0.4.0')).not.toHaveProperty('rejection');
    await expect(find('v9.9.9')).rejects.toMatchObject({
      code: 'DEPLOY_VERSION_UNKNOWN',
    });
  });

  it('adds nothing the second time, whoever asks and why', async () => {
    await reject();
    const before = git(path, ['rev-parse', notesRef]);
    await expect(
      reject({ by: 'user:default/bob', reason: 'me too' }),
    ).resolves.toEqual({ outcome: 'already', commit, rejection });
    expect(git(path, ['rev-parse', notesRef])).toBe(before);
  });

  it('makes one note of several at once, and tells all of them whose it is', async () => {
    const people = ['ada', 'bob', 'eve', 'joe', 'kim'];
    const ended = await Promise.all(
      people.map(name => reject({ by: `user:default/${name}` })),
    );
    expect(lines()).toHaveLength(1);
    expect(ended.map(({ outcome }) => outcome).sort()).toEqual([
      ...Array(people.length - 1).fill('already'),
      'rejected',
    ]);
    const first = ended.find(({ outcome }) => outcome === 'rejected')!;
    expect(ended.map(each => each.rejection)).toEqual(
      people.map(() => first.rejection),
    );
  });

  it('holds after it was taken back by a clock that is ahead', async () => {
    await reject();
    const ahead = '2026-11-29T13:00:00.000Z';
    const accepted = { kind: 'accepted', version: 'v0.4.1', by: 'x' } as const;
    const line = formatNoteLine({ ...accepted, at: ahead });
    git(path, ['notes', `--ref=${notesRef}`, 'append', '-m', line, commit]);

    await expect(reject({ reason: 'still wrong' })).resolves.toMatchObject({
      outcome: 'rejected',
      rejection: { at: '2026-11-29T13:00:00.001Z', reason: 'still wrong' },
    });
  });

  it.each([
    ['there is no such tag', { version: 'v9' }, 'DEPLOY_VERSION_UNKNOWN'],
    ['no reason is given', { reason: ' \n ' }, 'DEPLOY_REASON_MISSING'],
  ])('writes nothing where %s', async (_, request, code) => {
    await expect(reject(request)).rejects.toMatchObject({ code });
    expect(git(path, ['for-each-ref', 'refs/notes'])).toBe('');
  });
});
