import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { isDojoError } from 'backstage-plugin-dojo-common';
import { createRemoteOpener } from '../remote/open-remote';
import type { RemoteOpenerOptions } from '../remote/open-remote';
import { writeEmptyRepository } from '../remote/temporary-repository';
import { GitMirror, prepareMirror } from './git-mirror';
import type { MirrorContent } from './git-mirror';
import { inMirrorTurn, mirrorFolder } from './mirror-folders';

/** Options of {@link createMirrorOpener}. */
export interface MirrorOpenerOptions extends RemoteOpenerOptions {
  /** Folder that nothing else uses; what is in it can be removed at any time. */
  readonly mirrorRoot: string;
  /** Default: this machine's clock. */
  readonly now?: () => Date;
  /** Of one mirror on the disk; what is larger is not kept. Default: 1 GiB. */
  readonly maxMirrorBytes?: number;
}

/** Opens the mirror of an address for the length of one run. */
export type UseMirror = <T>(
  url: string,
  run: (mirror: GitMirror) => Promise<T>,
) => Promise<T>;

/** What a mirror that was damaged, or that a killed process left half done, can end with. */
const damaged: readonly string[] = [
  'GIT_FAILED',
  'GIT_OBJECT_MISSING',
  'GIT_TREE_INVALID',
];

/**
 * Makes the function that runs something with the mirror of a repository, one after the other. Where a mirror that was
 * there before fails by itself, it is made anew and the run is repeated once.
 *
 * @throws DojoError as `createGitOpener`, and what the run throws.
 */
export function createMirrorOpener(
  options: MirrorOpenerOptions,
  content: MirrorContent,
): UseMirror {
  const { mirrorRoot, now = () => new Date(), maxMirrorBytes } = options;
  const settings = {
    content,
    now,
    ...(maxMirrorBytes !== undefined && { maxBytes: maxMirrorBytes }),
  };
  const open = createRemoteOpener(options, async address => {
    // What holds the history alone is no base for what needs all.
    const folder = await mirrorFolder(mirrorRoot, `${content} ${address}`);
    await prepareMirror(folder);
    const gitDir = join(folder, 'repository.git');
    return {
      folder,
      gitDir,
      create: async (format, borrowed) => {
        if (await isThere(join(gitDir, 'HEAD'))) return;
        await writeEmptyRepository(gitDir, format, borrowed);
      },
      dispose: async () => undefined,
    };
  });
  return async (url, run) => {
    const first = await open(url);
    return inMirrorTurn(first.temporary.folder, async () => {
      const wasThere = await isThere(first.temporary.gitDir);
      const mirror = new GitMirror(first, settings);
      try {
        return await run(mirror);
      } catch (error) {
        // Nothing is kept of what has no room.
        if (isDojoError(error) && error.code === 'GIT_MIRROR_TOO_LARGE') {
          await mirror.forget();
        }
        const isDamaged = isDojoError(error) && damaged.includes(error.code);
        if (!wasThere || !isDamaged) throw error;
        await mirror.forget();
      } finally {
        mirror.dispose();
      }
      const again = new GitMirror(await open(url), settings);
      try {
        return await run(again);
      } finally {
        again.dispose();
      }
    });
  };
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
