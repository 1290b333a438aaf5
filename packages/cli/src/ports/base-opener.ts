import type { FileSource, OpenBase } from 'dojo-portal-core/deploy';
import type { createGitOpener } from 'dojo-portal-core/repository';
import { cliErrors } from '../cli-errors';

type OpenRepository = ReturnType<typeof createGitOpener>;
type Repository = Awaited<ReturnType<OpenRepository>>;

/** Bytes of one file of a base. */
const maxBytes = 8 * 1024 * 1024;

/** Opens the bases of one render, each repository once; `dispose` gives them all back. */
export function createBaseOpener(open: OpenRepository): {
  readonly open: OpenBase;
  readonly dispose: () => Promise<void>;
} {
  const opened = new Map<string, Promise<Repository>>();
  return {
    open: async (address, commit, signal) => {
      const opening = opened.get(address) ?? open(address);
      opened.set(address, opening);
      const repository = await opening;
      await repository.readRefs(signal);
      return filesAt(repository, commit);
    },
    dispose: async () => {
      for (const opening of opened.values()) {
        const repository = await opening.catch(() => undefined);
        await repository?.dispose();
      }
    },
  };
}

/** The files of a repository at a commit. */
function filesAt(repository: Repository, commit: string): FileSource {
  return {
    readFiles: async (paths, signal) => {
      const [files] = await repository.readFiles(
        [commit],
        paths,
        signal,
        () => maxBytes,
      );
      return files.map(file => {
        switch (file.kind) {
          case 'text':
            return file.text;
          case 'absent':
            return undefined;
          case 'too-large':
            throw cliErrors.baseFileUnreadable(
              `${repository.display}//${file.path}`,
              `larger than ${file.most} bytes`,
            );
          default:
            if (file.what === 'a directory') return undefined;
            throw cliErrors.baseFileUnreadable(
              `${repository.display}//${file.path}`,
              file.what,
            );
        }
      });
    },
    listFiles: async () => [],
  };
}
