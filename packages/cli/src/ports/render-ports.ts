import { realpath, stat } from 'node:fs/promises';
import { parse, relative, sep } from 'node:path';
import {
  OpenBases,
  createFolderFiles,
  createKustomize,
  findWorkTree,
  parseReference,
} from 'dojo-portal-core/deploy';
import type { RenderOptions } from 'dojo-portal-core/deploy';
import { createBaseOpener } from 'dojo-portal-core/repository';
import { cliErrors } from '../cli-errors';
import type { CommandContext } from '../command-context';
import { baseCacheOf, renderCacheOf } from './base-cache';
import { gitAuthorization, tokenHint } from './git-credentials';
import { localPath } from './local-path';

/** What `dojo render` renders, and what has to be given back after it. */
export interface RenderPorts extends RenderOptions {
  dispose(): Promise<void>;
}

/**
 * The ports of a render at a terminal or in CI: any host and any local path, credentials from the environment.
 *
 * @param written a folder of this machine, or `<repository>//<folder>?ref=<commit>`.
 */
export async function renderPorts(
  written: string,
  { env, cwd, temporaryRoot, signal }: CommandContext,
): Promise<RenderPorts> {
  const bases = new OpenBases(
    createBaseOpener({
      allowedHosts: 'any',
      localRoot: { kind: 'anywhere', cwd },
      authorization: async url => gitAuthorization(url, env),
      tokenHint,
      temporaryRoot,
      ...baseCacheOf(env),
    }),
  );
  const openBase: RenderOptions['openBase'] = (...base) => bases.files(...base);
  const kustomize = createKustomize({
    ...(env.DOJO_KUSTOMIZE && { command: env.DOJO_KUSTOMIZE }),
    path: env.PATH ?? '',
    ...renderCacheOf(env),
    temporaryRoot,
  });
  const dispose = () => bases.dispose();
  try {
    const overlay = isAddress(written)
      ? await remoteOverlay(written, openBase, signal)
      : await localOverlay(localPath(written, cwd));
    return { ...overlay, openBase, kustomize, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

type Overlay = Pick<RenderOptions, 'source' | 'folder' | 'shownRoot'>;

function isAddress(written: string): boolean {
  return (
    /^(?:https?|ssh):/i.test(written) ||
    /^[^/]+@[^/]+:/.test(written) ||
    /[?&]ref=/.test(written)
  );
}

async function remoteOverlay(
  written: string,
  openBase: RenderOptions['openBase'],
  signal: AbortSignal,
): Promise<Overlay> {
  const reference = parseReference(written, 'the overlay');
  if (reference.kind === 'local') {
    throw cliErrors.pathInvalid(written, 'it names no repository');
  }
  const { repository, commit, folder } = reference;
  return { source: await openBase(repository, commit, signal), folder };
}

/**
 * In a git work tree the overlay may read all of that, else what its entries lead to: no file outside the folders of
 * their kustomizations in either case.
 */
async function localOverlay(path: string): Promise<Overlay> {
  const folder = await realpath(path).catch((error: Error) => {
    throw cliErrors.pathInvalid(path, error.message);
  });
  if (!(await stat(folder)).isDirectory()) {
    throw cliErrors.pathInvalid(path, 'it is no folder');
  }
  const workTree = await findWorkTree(folder);
  const root = workTree ?? parse(folder).root;
  return {
    source: createFolderFiles(root),
    folder: relative(root, folder).split(sep).join('/'),
    ...(workTree === undefined && { shownRoot: root }),
  };
}
