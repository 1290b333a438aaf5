import type { ReleaseCommit } from '../release/ports';
import { encodeTree, parseTree } from './git-objects';
import type { ObjectFormat, TreeEntry } from './git-objects';
import type { ObservedFile } from '../repository/repository-data';

/** Where trees and blobs come from: the local objects, after a fetch of those that are missing. */
export interface TreeSource {
  readonly format: ObjectFormat;
  /** Bodies in the order asked for. */
  readObjects(
    oids: readonly string[],
    what: string,
    signal: AbortSignal,
  ): Promise<Buffer[]>;
  /** Their sizes in bytes, in the order asked for. */
  readSizes(
    oids: readonly string[],
    what: string,
    signal: AbortSignal,
  ): Promise<number[]>;
}

/** What is read of a file where nothing else is asked for. */
const maxFileBytes = 16 * 1024 * 1024;

type Located =
  | { readonly kind: 'absent' }
  | { readonly kind: 'entry'; readonly entry: TreeEntry }
  /** A part of the path before the last is no directory. */
  | { readonly kind: 'blocked'; readonly by: string };

/** What an entry is that is no file, by its mode. */
export const kindsOfEntry: Readonly<Record<string, string>> = {
  '40000': 'a directory',
  '120000': 'a symbolic link',
  '160000': 'a submodule',
};

/**
 * The files of each tree, one fetch for each depth of the trees and one for all blobs. Of a file that is too large only
 * the size is read.
 */
export async function readTreeFiles(
  source: TreeSource,
  trees: readonly string[],
  paths: readonly string[],
  signal: AbortSignal,
  maxBytesOf: (path: string) => number = () => maxFileBytes,
): Promise<ObservedFile[][]> {
  const questions = trees.flatMap(tree => paths.map(path => ({ tree, path })));
  const located = await locate(source, questions, signal);
  const blobs = [
    ...new Set(located.flatMap(at => (isFile(at) ? [at.entry.oid] : []))),
  ];
  const what = 'the version files';
  const all = await source.readSizes(blobs, what, signal);
  const sizes = new Map(blobs.map((oid, index) => [oid, all[index]]));
  const isRead = (at: Located, { path }: { readonly path: string }) =>
    isFile(at) && sizes.get(at.entry.oid)! <= maxBytesOf(path);
  const small = [
    ...new Set(
      located.flatMap((at, index) =>
        isFile(at) && isRead(at, questions[index]) ? [at.entry.oid] : [],
      ),
    ),
  ];
  const bodies = await source.readObjects(small, what, signal);
  const contents = new Map(small.map((oid, index) => [oid, bodies[index]]));
  const files = located.map((at, index): ObservedFile => {
    const { path } = questions[index];
    if (!isFile(at) || isRead(at, questions[index])) {
      return toFile(path, at, contents);
    }
    const bytes = sizes.get(at.entry.oid)!;
    return { kind: 'too-large', path, bytes, most: maxBytesOf(path) };
  });
  return trees.map((_, index) =>
    files.slice(index * paths.length, (index + 1) * paths.length),
  );
}

/** Walks all paths down at once, so that each depth costs one fetch. */
async function locate(
  source: TreeSource,
  questions: readonly { readonly tree: string; readonly path: string }[],
  signal: AbortSignal,
): Promise<Located[]> {
  const found: (Located | undefined)[] = questions.map(() => undefined);
  const at = questions.map(question => question.tree);
  for (let depth = 0; found.includes(undefined); depth++) {
    const open = questions.flatMap((_, index) => (found[index] ? [] : [index]));
    const oids = [...new Set(open.map(index => at[index]))];
    const bodies = await source.readObjects(oids, 'a tree', signal);
    const trees = new Map(
      oids.map((oid, index) => [oid, parseTree(bodies[index], source.format)]),
    );
    for (const index of open) {
      const parts = questions[index].path.split('/');
      const entry = entryOf(trees.get(at[index])!, parts[depth]);
      if (entry === undefined) found[index] = { kind: 'absent' };
      else if (depth === parts.length - 1) {
        found[index] = { kind: 'entry', entry };
      } else if (entry.mode === '40000') at[index] = entry.oid;
      else {
        found[index] = {
          kind: 'blocked',
          by: parts.slice(0, depth + 1).join('/'),
        };
      }
    }
  }
  return found as Located[];
}

function entryOf(
  tree: readonly TreeEntry[],
  name: string,
): TreeEntry | undefined {
  const bytes = Buffer.from(name);
  return tree.find(entry => entry.name.equals(bytes));
}

function isFile(
  at: Located,
): at is { readonly kind: 'entry'; readonly entry: TreeEntry } {
  return at.kind === 'entry' && !(at.entry.mode in kindsOfEntry);
}

function toFile(
  path: string,
  at: Located,
  contents: ReadonlyMap<string, Buffer>,
): ObservedFile {
  if (at.kind === 'absent') return { kind: 'absent', path };
  if (at.kind === 'blocked') {
    const what = `below ${at.by}, which is not a directory`;
    return { kind: 'unreadable', path, what };
  }
  const { mode, oid } = at.entry;
  if (!isFile(at)) {
    return { kind: 'unreadable', path, what: kindsOfEntry[mode] };
  }
  const bytes = contents.get(oid)!;
  if (bytes.includes(0)) {
    return { kind: 'unreadable', path, what: 'a binary file' };
  }
  try {
    const text = new TextDecoder('utf-8', {
      fatal: true,
      ignoreBOM: true,
    }).decode(bytes);
    return {
      kind: 'text',
      path,
      oid,
      mode: mode === '100755' ? mode : '100644',
      text,
    };
  } catch {
    return { kind: 'unreadable', path, what: 'not UTF-8 text' };
  }
}

/**
 * The tree that the files make over another one; only the trees on their paths are read.
 * @param write stores an object and returns its id.
 */
export async function writeTreeFiles(
  source: TreeSource,
  tree: string | undefined,
  files: ReleaseCommit['files'],
  write: (type: 'blob' | 'tree', body: Buffer) => Promise<string>,
  signal: AbortSignal,
): Promise<string> {
  const entries = new Map<string, TreeEntry>();
  if (tree !== undefined) {
    const [body] = await source.readObjects([tree], 'a tree', signal);
    for (const entry of parseTree(body, source.format)) {
      entries.set(entry.name.toString('latin1'), entry);
    }
  }
  const put = (name: string, mode: string, oid: string) => {
    const bytes = Buffer.from(name);
    entries.set(bytes.toString('latin1'), { mode, name: bytes, oid });
  };
  const folders = new Map<string, ReleaseCommit['files'][number][]>();
  for (const file of files) {
    const slash = file.path.indexOf('/');
    if (slash === -1) {
      put(file.path, file.mode, await write('blob', Buffer.from(file.text)));
    } else {
      const folder = file.path.slice(0, slash);
      const inside = { ...file, path: file.path.slice(slash + 1) };
      folders.set(folder, [...(folders.get(folder) ?? []), inside]);
    }
  }
  for (const [name, inside] of folders) {
    const before = entries.get(Buffer.from(name).toString('latin1'));
    const below = before?.mode === '40000' ? before.oid : undefined;
    put(
      name,
      '40000',
      await writeTreeFiles(source, below, inside, write, signal),
    );
  }
  return write('tree', encodeTree([...entries.values()]));
}
