import { join } from 'node:path';
import { isDojoError } from 'backstage-plugin-dojo-common';
import { readWorkspace } from '../../local/workspace-files';
import { readBeginning } from '../../repository/first-commit';
import type { LocalForge } from '../../service/ports';
import { serviceErrors } from '../../service/service-errors';
import { createGitOpener } from '../git-opener';
import { draftRepository } from './draft-repository';
import { readCommitFacts } from './read-commit-facts';

/** Options of {@link createLocalForge}. */
export interface LocalForgeOptions {
  /** Absolute folder that holds the repositories. */
  readonly root: string;
  /** Folder for what lives as long as one reading. */
  readonly temporaryRoot: string;
}

/** Of a new repository: many times what a skeleton has. */
const limits = { maxFiles: 2_000, maxBytes: 16 * 1024 * 1024 };

/** The forge of a folder of bare repositories. */
export function createLocalForge(options: LocalForgeOptions): LocalForge {
  const { root, temporaryRoot } = options;
  const open = createGitOpener({
    allowedHosts: [],
    localRoot: { kind: 'below', path: root },
    temporaryRoot,
  });
  return {
    async readBeginning(repository, signal) {
      const opened = await open(repository).catch(error => {
        if (isDojoError(error) && error.code === 'GIT_REPOSITORY_NOT_FOUND') {
          return undefined;
        }
        throw error;
      });
      if (opened === undefined) return undefined;
      try {
        return await readBeginning(opened, signal);
      } finally {
        await opened.dispose();
      }
    },
    async draft(repository, { folder, ...commit }, signal) {
      const files = await readWorkspace(folder, limits, signal);
      if (files.length === 0) throw serviceErrors.noFiles();
      const name = repository.slice('file:'.length);
      return draftRepository({ forge: root, name }, files, commit);
    },
    readFacts: (repository, commit, signal) =>
      readCommitFacts(
        join(root, repository.slice('file:'.length)),
        { commit, display: repository },
        signal,
      ),
  };
}
