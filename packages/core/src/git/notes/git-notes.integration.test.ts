import { git } from 'dojo-testing';
import { failureOf } from '../../http/__testUtils__/failure-of';
import {
  InfraPlace,
  reaches,
  signal,
} from '../infra/__testUtils__/infra-place';

jest.setTimeout(60_000);

const ref = 'refs/notes/dojo';
const who = {
  author: { name: 'Ada', email: 'ada@example.com' },
  date: new Date('2026-11-29T12:00:00Z'),
};

describe.each(reaches)('GitNotes %s', reach => {
  let place: InfraPlace;
  let path: string;
  let object: string;

  beforeEach(() => {
    place = new InfraPlace();
    path = place.make([
      { message: 'one', files: { a: '1' } },
      { message: 'two', files: { a: '2' } },
    ]);
    object = git(path, ['rev-parse', 'main']);
  });
  afterEach(() => place.dispose());

  const append = async (text: string, at = object) =>
    (await place.open(reach)).appendNote(
      { ref, object: at, text, ...who },
      signal,
    );
  const read = async (at = object) =>
    (await place.open(reach)).readNote(ref, at, signal);
  const asGit = (at = object) =>
    git(path, ['notes', `--ref=${ref}`, 'show', at]);

  it('notes a line where there is none, as git reads it', async () => {
    await expect(read()).resolves.toBe(undefined);
    await append('{"outcome":"healthy"}');
    await expect(read()).resolves.toBe('{"outcome":"healthy"}\n');
    expect(asGit()).toBe('{"outcome":"healthy"}');
    await expect(read(git(path, ['rev-parse', 'main^']))).resolves.toBe(
      undefined,
    );
  });

  it('keeps what others noted after it was looked at ahead', async () => {
    const ahead = await place.open(reach);
    ahead.lookAhead?.(ref, object, signal);
    await append('theirs');
    await ahead.appendNote({ ref, object, text: 'ours', ...who }, signal);
    await expect(read()).resolves.toBe('theirs\nours\n');
    await ahead.appendNote({ ref, object, text: 'more', ...who }, signal);
    await expect(read()).resolves.toBe('theirs\nours\nmore\n');
  });

  it('adds to what is there, and nothing twice', async () => {
    git(path, ['notes', `--ref=${ref}`, 'add', '-m', 'by hand', object]);
    await append('b');
    const before = git(path, ['rev-parse', ref]);
    await append('by hand\nb\nb');
    expect(git(path, ['rev-parse', ref])).toBe(before);
    await append('c\nb');
    await expect(read()).resolves.toBe('by hand\nb\nc\n');
    expect(asGit()).toBe('by hand\nb\nc');
    git(path, ['fsck', '--strict']);
  });

  it('reads the notes of many objects, in their order', async () => {
    const readAll = async (objects: readonly string[]) =>
      (await place.open(reach)).readNotes(ref, objects, signal);
    const before = git(path, ['rev-parse', 'main^']);
    await expect(readAll([object, before])).resolves.toEqual([
      undefined,
      undefined,
    ]);
    await append('a');
    await append('b', 'f'.repeat(40));
    git(path, ['notes', `--ref=${ref}`, 'add', '-f', '-m', 'c', object]);
    await expect(readAll([before, object, object])).resolves.toEqual([
      undefined,
      'c\n',
      'c\n',
    ]);
    const strange = git(path, ['hash-object', '-w', '--stdin'], 'x\0\n');
    git(path, ['notes', `--ref=${ref}`, 'add', '-C', strange, before]);
    await expect(readAll([before, object])).resolves.toEqual(['x\0\n', 'c\n']);
    await expect(readAll([])).resolves.toEqual([]);
    await expect(failureOf(readAll(['main']))).resolves.toMatchObject({
      code: 'GIT_COMMIT_INVALID',
    });
  });

  it('loses no line of those that append at once', async () => {
    const lines = Array.from({ length: 6 }, (_, index) => `line ${index}`);
    await Promise.all(lines.map(line => append(line)));
    const text = await read();
    expect(text!.trimEnd().split('\n').sort()).toEqual(lines);
  });

  it('finds and keeps notes that git spread over folders', async () => {
    const blob = git(path, ['hash-object', '-w', '--stdin'], 'old\n');
    const entry = (name: string) => `100644 blob ${blob}\t${name}\n`;
    const inner = git(path, ['mktree'], entry(object.slice(4)));
    const outer = git(
      path,
      ['mktree'],
      `040000 tree ${inner}\t${object.slice(2, 4)}\n`,
    );
    const root = git(
      path,
      ['mktree'],
      `040000 tree ${outer}\t${object.slice(0, 2)}\n`,
    );
    const commit = git(path, ['commit-tree', root, '-m', 'spread']);
    git(path, ['update-ref', ref, commit]);
    expect(asGit()).toBe('old');
    await append('new');
    expect(asGit()).toBe('old\nnew');
    const other = git(path, ['rev-parse', 'main^']);
    await append('other', other);
    expect(asGit(other)).toBe('other');
    expect(git(path, ['ls-tree', '--name-only', ref])).not.toContain(other);
  });

  it('spreads them itself where there are many', async () => {
    const objects = git(path, ['rev-list', 'main']).split('\n');
    const blob = git(path, ['hash-object', '-w', '--stdin'], 'x\n');
    const tree = git(
      path,
      ['mktree'],
      Array.from({ length: 300 }, (_, index) => {
        const id = (index * 7919 + 1).toString(16).padStart(40, '0');
        return `100644 blob ${blob}\t${id}\n`;
      }).join(''),
    );
    const commit = git(path, ['commit-tree', tree, '-m', 'many']);
    git(path, ['update-ref', ref, commit]);
    for (const each of objects) {
      await append('y', each);
      expect(asGit(each)).toBe('y');
    }
    expect(git(path, ['ls-tree', ref])).toMatch(/040000 tree/);
  });

  it('refuses another ref, and what is no object id', async () => {
    const repository = await place.open(reach);
    await expect(
      failureOf(repository.readNote('--all', object, signal)),
    ).resolves.toMatchObject({ code: 'GIT_REF_INVALID' });
    await expect(
      failureOf(repository.readNote(ref, 'main', signal)),
    ).resolves.toMatchObject({ code: 'GIT_COMMIT_INVALID' });
  });
});
