import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDojoError } from 'backstage-plugin-dojo-common';
import { gitErrors } from '../git-errors';
import { runGit } from '../run/run-git';

/** One file at the head of one repository of a local forge. */
export type HeadFile = {
  /** `savings.git` */
  readonly repository: string;
} & (
  | { readonly kind: 'text'; readonly commit: string; readonly text: string }
  /** It has no commit, or no such file. */
  | { readonly kind: 'absent' }
  /** One sentence without its end. */
  | { readonly kind: 'unreadable'; readonly why: string }
);

/** Options of {@link readHeadFiles}. */
export interface HeadFilesOptions {
  /** Path of the file in each repository. */
  readonly path: string;
  /** Bytes of a file, at most. */
  readonly maxBytes: number;
  /** Repositories that are looked at, at most, in the order of their names. */
  readonly maxRepositories: number;
  readonly signal: AbortSignal;
}

const deadline = 20_000;
/** git processes at once. */
const atOnce = 4;
const maxEntries = 100_000;

/**
 * Reads one file at the head of each bare repository that is directly in a folder. A repository that cannot be read does
 * not keep the others from being read.
 *
 * @returns one entry a repository, by name; and whether there are more than were looked at.
 * @throws the signal's reason where it was aborted.
 */
export async function readHeadFiles(
  root: string,
  options: HeadFilesOptions,
): Promise<{ readonly files: HeadFile[]; readonly isCut: boolean }> {
  const names = await repositoriesIn(root);
  const looked = names.slice(0, options.maxRepositories);
  const files: HeadFile[] = new Array(looked.length);
  let next = 0;
  const work = async () => {
    for (let at = next++; at < looked.length; at = next++) {
      files[at] = await readHeadFile(root, looked[at], options);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { files, isCut: looked.length < names.length };
}

/** Folders that are themselves here: a link may lead out of the forge. */
async function repositoriesIn(root: string): Promise<string[]> {
  const names: string[] = [];
  let entries = 0;
  const folder = await opendir(root).catch(error => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for await (const entry of folder) {
    entries += 1;
    if (entries > maxEntries) break;
    const isRepository =
      entry.isDirectory() && /^[A-Za-z0-9][\w.-]*\.git$/.test(entry.name);
    if (isRepository) names.push(entry.name);
  }
  return names.sort();
}

async function readHeadFile(
  root: string,
  repository: string,
  { path, maxBytes, signal }: HeadFilesOptions,
): Promise<HeadFile> {
  const gitDir = join(root, repository);
  const run = (args: readonly string[], maxOutput: number) =>
    runGit({
      args,
      directory: gitDir,
      gitDir,
      display: `file:${repository}`,
      signal,
      deadline,
      maxOutput,
    });
  try {
    const head = await run(['rev-parse', '--quiet', '--verify', 'HEAD'], 256);
    const commit = head.stdout.toString('latin1').trim();
    if (head.code === 1) return { repository, kind: 'absent' };
    if (head.code !== 0 || !/^[0-9a-f]{40,64}$/.test(commit)) {
      return { repository, kind: 'unreadable', why: 'it is no git repository' };
    }
    const entry = await run(['ls-tree', '-l', commit, '--', path], 4_096);
    const [, mode, size] =
      /^(\d+) \S+ [0-9a-f]+ +(\d+|-)\t/.exec(entry.stdout.toString('utf8')) ??
      [];
    if (entry.code !== 0) throw gitErrors.objectMissing(repository, path);
    if (mode === undefined) return { repository, kind: 'absent' };
    if (mode !== '100644' && mode !== '100755') {
      return { repository, kind: 'unreadable', why: `${path} is no file` };
    }
    if (Number(size) > maxBytes) {
      const why = `${path} has ${size} bytes, more than ${maxBytes}`;
      return { repository, kind: 'unreadable', why };
    }
    const file = await run(['cat-file', 'blob', `${commit}:${path}`], maxBytes);
    if (file.code !== 0) throw gitErrors.objectMissing(repository, path);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(file.stdout);
    return { repository, kind: 'text', commit, text };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TypeError) {
      return { repository, kind: 'unreadable', why: `${path} is no UTF-8` };
    }
    if (!isDojoError(error)) throw error;
    return { repository, kind: 'unreadable', why: error.message };
  }
}
