import { encodeObject, encodeTree } from '../objects/git-objects';
import type { ObjectType } from '../objects/git-objects';
import { createCommitFiles } from './commit-files';
import { listTree } from './list-tree';
import type { CommitObjects } from './remote-objects';

const { signal } = new AbortController();
const commit = 'a'.repeat(40);
const display = 'infra';

/** A commit of files in memory, with a count of what was read. */
class MemoryObjects implements CommitObjects {
  readonly format = 'sha1';
  readonly bodies = new Map<string, Buffer>();
  readonly reads: string[] = [];
  root = '';

  put(type: ObjectType, body: Buffer): string {
    const { oid } = encodeObject(type, body, 'sha1');
    this.bodies.set(oid, body);
    return oid;
  }

  tree(entries: Readonly<Record<string, string>>, mode: string): string {
    return this.put(
      'tree',
      encodeTree(
        Object.entries(entries).map(([name, oid]) => ({
          mode,
          name: Buffer.from(name, 'latin1'),
          oid,
        })),
      ),
    );
  }

  async readRoots(): Promise<string[]> {
    return [this.root];
  }

  async readObjects(oids: readonly string[]): Promise<Buffer[]> {
    this.reads.push(...oids);
    return oids.map(oid => this.bodies.get(oid)!);
  }

  async readSizes(oids: readonly string[]): Promise<number[]> {
    return oids.map(oid => this.bodies.get(oid)!.length);
  }

  readObjectsBelow(_: number, oids: readonly string[]): Promise<Buffer[]> {
    return this.readObjects(oids);
  }
}

function filesOf(texts: Readonly<Record<string, string>>): MemoryObjects {
  const objects = new MemoryObjects();
  const entries = Object.entries(texts).map(
    ([name, text]) => [name, objects.put('blob', Buffer.from(text))] as const,
  );
  objects.root = objects.tree(Object.fromEntries(entries), '100644');
  return objects;
}

describe('createCommitFiles', () => {
  const limits = { maxFileBytes: 10, maxBytes: 25 };

  it('refuses a file that is too large, unread', async () => {
    const objects = filesOf({ 'large.yaml': 'x'.repeat(11), small: 'x' });
    const files = createCommitFiles(commit, { display, objects, limits });
    const before = objects.reads.length;
    await expect(
      files.readFiles(['small', 'large.yaml'], signal),
    ).rejects.toMatchObject({
      code: 'GIT_OBJECT_TOO_LARGE',
      message: 'large.yaml of infra has 11 bytes; at most 10 are read',
    });
    // The root alone.
    expect(objects.reads).toHaveLength(before + 1);
  });

  it('counts all calls together, and each file once', async () => {
    const objects = filesOf({
      a: 'a'.repeat(10),
      b: 'b'.repeat(10),
      c: 'c'.repeat(10),
    });
    const files = createCommitFiles(commit, { display, objects, limits });
    await files.readFiles(['a', 'b'], signal);
    await files.readFiles(['b', 'a', 'a'], signal);
    await expect(files.readFiles(['c'], signal)).rejects.toMatchObject({
      code: 'GIT_OBJECT_TOO_LARGE',
      message: expect.stringContaining('has 30 bytes; at most 25 are read'),
    });
  });
});

describe('listTree', () => {
  const list = (
    objects: MemoryObjects,
    limits?: { maxEntries: number; maxDepth: number },
  ) => {
    const shown = { display, shown: 'base' };
    return listTree(objects, objects.root, shown, signal, limits);
  };

  it.each(['a/b', 'a\\b', '..', '.', '.git', '.GIT', 'a\nb', '\xff', ''])(
    'refuses the name %j, which no file should have',
    async name => {
      const objects = filesOf({ x: '' });
      const blob = objects.put('blob', Buffer.from('x'));
      objects.root = objects.tree({ [name]: blob }, '100644');
      await expect(list(objects)).rejects.toMatchObject({
        code: 'GIT_FOLDER_ENTRY',
        message: expect.stringContaining('a strange name'),
      });
    },
  );

  it('stops where there are too many, or too deep', async () => {
    const objects = filesOf({ a: '', b: '', c: '' });
    for (let depth = 0; depth < 3; depth += 1) {
      objects.root = objects.tree({ d: objects.root }, '40000');
    }
    const most = { maxEntries: 6, maxDepth: 3 };
    await expect(list(objects, most)).resolves.toHaveLength(3);
    await expect(list(objects, { ...most, maxEntries: 5 })).rejects.toThrow(
      'more than 5 files and folders',
    );
    await expect(list(objects, { ...most, maxDepth: 2 })).rejects.toThrow(
      'more than 2 deep',
    );
  });
});
