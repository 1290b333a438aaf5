import type { BaseRepository, OpenBase } from '../../deploy/ports';

/** {@link OpenBase} for the length of one run. */
export interface OpenedBases {
  readonly openBase: OpenBase;
  /** Disposes of every repository that was opened. */
  dispose(): Promise<void>;
}

/** Opens each repository once, however many bases of it are asked for. */
export function openBases(
  open: (repository: string) => Promise<BaseRepository>,
): OpenedBases {
  const opened = new Map<string, Promise<BaseRepository>>();
  return {
    openBase: async (repository, commit, signal) => {
      signal.throwIfAborted();
      const one = opened.get(repository) ?? open(repository);
      opened.set(repository, one);
      return (await one).files(commit);
    },
    dispose: async () => {
      const all = await Promise.allSettled(opened.values());
      opened.clear();
      await Promise.all(
        all.map(each =>
          each.status === 'fulfilled' ? each.value.dispose() : undefined,
        ),
      );
    },
  };
}
