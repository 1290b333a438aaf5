import { parseTree } from './git-objects';
import type { ObjectFormat, TreeEntry } from './git-objects';
import type { ObservedFile } from '../../repository/repository-data';

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

/** What is at a path of a tree. */
export type Located =
  | { readonly kind: 'absent' }
  | { readonly kind: 'entry'; readonly entry: TreeEntry }
  /** A part of the path before the last is no directory, but this. */
  | {
      readonly kind: 'blocked';
      readonly by: string;
      readonly entry: TreeEntry;
    };

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

/**
 * What is at each path of each tree: all are walked down at once, so that each depth costs one fetch.
 *
 * @param questions paths have one slash between their parts.
 */
export async function locate(
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
      oids.map((oid, index) => [
        oid,
        byName(parseTree(bodies[index], source.format)),
      ]),
    );
    for (const index of open) {
      const parts = questions[index].path.split('/');
      const name = Buffer.from(parts[depth]).toString('latin1');
      const entry = trees.get(at[index])!.get(name);
      if (entry === undefined) found[index] = { kind: 'absent' };
      else if (depth === parts.length - 1) {
        found[index] = { kind: 'entry', entry };
      } else if (entry.mode === '40000') at[index] = entry.oid;
      else {
        found[index] = {
          kind: 'blocked',
          by: parts.slice(0, depth + 1).join('/'),
          entry,
        };
      }
    }
  }
  return found as Located[];
}

/** Names are bytes: as latin1 text they are told apart by each of them. Of two of one name, git sees the first. */
function byName(entries: readonly TreeEntry[]): Map<string, TreeEntry> {
  return new Map(
    [...entries]
      .reverse()
      .map(entry => [entry.name.toString('latin1'), entry] as const),
  );
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
  const text = decodeText(bytes);
  if (text === undefined) {
    const what = bytes.includes(0) ? 'a binary file' : 'not UTF-8 text';
    return { kind: 'unreadable', path, what };
  }
  return {
    kind: 'text',
    path,
    oid,
    mode: mode === '100755' ? mode : '100644',
    text,
  };
}

/** The text that encodes to the same bytes again, byte order mark included; undefined: it is binary or not UTF-8. */
export function decodeText(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
