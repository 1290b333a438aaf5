import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitIdentity } from 'backstage-plugin-dojo-common';
import { createTemporaryFolder } from '../../local/temporary-folder';
import type { WorkspaceFile } from '../../local/workspace-files';
import { encodeCommit } from '../objects/encode-commit';
import { encodeTree } from '../objects/git-objects';
import type { ObjectType, TreeEntry } from '../objects/git-objects';
import { ObjectStore } from '../objects/object-store';

/** The one commit of a new repository. */
export interface FirstCommit {
  readonly message: string;
  readonly author: GitIdentity;
  /** Author's and committer's date. */
  readonly date: Date;
}

/** A repository that is whole, and not in its place yet. */
export interface DraftRepository {
  readonly tree: string;
  readonly commit: string;
  /**
   * Puts it into its place, in one step.
   *
   * @returns whether it did; false where something is there already, which stays as it is.
   */
  land(): Promise<boolean>;
  /** Removes what has not landed. */
  dispose(): Promise<void>;
}

const branch = 'main';
const config = '[core]\n\trepositoryformatversion = 0\n\tbare = true\n';

/**
 * Makes a bare repository of files beside its place, by one commit on `main`: the same files, message, author and date
 * make the same object ids.
 *
 * @param forge folder that holds the repositories.
 * @param name of the repository's folder in it: `savings.git`.
 */
export async function draftRepository(
  { forge, name }: { readonly forge: string; readonly name: string },
  files: readonly WorkspaceFile[],
  { message, author, date }: FirstCommit,
): Promise<DraftRepository> {
  const draft = await createTemporaryFolder(forge, '.draft-');
  try {
    const gitDir = join(draft.path, name);
    await mkdir(join(gitDir, 'objects'), { recursive: true });
    await mkdir(join(gitDir, 'refs/heads'), { recursive: true });
    const store = new ObjectStore({
      folder: draft.path,
      gitDir,
      format: 'sha1',
      display: name,
    });
    const write = (type: ObjectType, body: Buffer) => store.write(type, body);
    const tree = await writeFolder(files, write);
    const seconds = Math.floor(date.getTime() / 1_000);
    const commit = await write(
      'commit',
      encodeCommit({
        tree,
        parents: [],
        who: author,
        authored: seconds,
        committed: seconds,
        message,
      }),
    );
    await writeFile(join(gitDir, 'config'), config);
    await writeFile(join(gitDir, `refs/heads/${branch}`), `${commit}\n`);
    await writeFile(join(gitDir, 'HEAD'), `ref: refs/heads/${branch}\n`);
    return {
      tree,
      commit,
      land: () => land(gitDir, join(forge, name)),
      dispose: () => draft.dispose(),
    };
  } catch (error) {
    await draft.dispose();
    throw error;
  }
}

/** A folder is never renamed over one that holds something (rename(2)). */
async function land(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(code)) throw error;
    return false;
  }
}

type Write = (type: ObjectType, body: Buffer) => Promise<string>;

interface Folder {
  readonly files: Map<string, WorkspaceFile>;
  readonly folders: Map<string, Folder>;
}

async function writeFolder(
  files: readonly WorkspaceFile[],
  write: Write,
): Promise<string> {
  const root: Folder = { files: new Map(), folders: new Map() };
  for (const file of files) {
    const parts = file.path.split('/');
    const name = parts.pop() ?? '';
    let folder = root;
    for (const part of parts) {
      const next = folder.folders.get(part) ?? {
        files: new Map(),
        folders: new Map(),
      };
      folder.folders.set(part, next);
      folder = next;
    }
    folder.files.set(name, file);
  }
  return writeTree(root, write);
}

async function writeTree(folder: Folder, write: Write): Promise<string> {
  const entries: TreeEntry[] = [];
  for (const [name, { mode, bytes }] of folder.files) {
    const oid = await write('blob', bytes);
    entries.push({ mode, name: Buffer.from(name), oid });
  }
  for (const [name, inside] of folder.folders) {
    const oid = await writeTree(inside, write);
    entries.push({ mode: '40000', name: Buffer.from(name), oid });
  }
  return write('tree', encodeTree(entries));
}
