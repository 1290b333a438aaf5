import type { Kustomize } from '../deploy/ports';
import { createTemporaryFolder } from '../local/temporary-folder';
import { findKustomize } from './find-kustomize';
import type { FindKustomizeOptions, KustomizeProgram } from './find-kustomize';
import { KustomizeRun } from './kustomize-run';
import type { RunOptions } from './kustomize-run';
import { RenderCache } from './render-cache';
import type { RenderCacheOptions } from './render-cache';
import { parseKustomizeVersion, verifyVersion } from './verify-version';

/** Options of {@link createKustomize}. */
export type KustomizeOptions = RunOptions &
  FindKustomizeOptions & {
    /** Where renders are kept from run to run; absent: they are not. */
    readonly cache?: RenderCacheOptions;
  };

const prefix = 'dojo-render-';
const versionOutput = 64 * 1024;

/**
 * Kustomize as a program of this machine. It runs over a private copy of the files, with no variable of this process, an
 * empty home and an empty PATH: there is no git for it to fetch with, and no credential to be found.
 *
 * @throws DojoError KUSTOMIZE_MISSING, KUSTOMIZE_TOO_OLD, KUSTOMIZE_DEADLINE, KUSTOMIZE_OUTPUT_TOO_LARGE,
 * KUSTOMIZE_REFUSED and KUSTOMIZE_FAILED, by each build.
 */
export function createKustomize(options: KustomizeOptions): Kustomize {
  let program: Promise<KustomizeProgram> | undefined;
  let isVerified = false;
  const cache = options.cache && new RenderCache(options.cache);
  return {
    build: async (files, folder, signal, onRunning) => {
      signal.throwIfAborted();
      program ??= findKustomize(options);
      const found = await program.catch((error: unknown) => {
        program = undefined;
        throw error;
      });
      const { command } = found;
      const name = await cache?.nameOf({ command, files, folder });
      const kept = name && (await cache?.read(name));
      if (kept !== undefined) return kept;
      const versionName = await cache?.versionNameOf(command);
      isVerified ||=
        versionName !== undefined &&
        (await cache?.read(versionName)) !== undefined;
      const place = await createTemporaryFolder(options.temporaryRoot, prefix);
      try {
        const run = new KustomizeRun(found, place.path, options);
        await run.write(files);
        // Both at once: the version costs as much as a small overlay.
        const running = [
          run.start([...found.build, run.pathOf(folder)], signal),
          ...(isVerified
            ? []
            : [run.start(found.version, signal, versionOutput)]),
        ];
        onRunning?.();
        const [built, version] = await Promise.all(running);
        if (version) {
          verifyVersion(command, parseKustomizeVersion(run.textOf(version)));
          isVerified = true;
          if (versionName !== undefined) {
            await cache?.keep(versionName, run.textOf(version));
          }
        }
        const yaml = run.textOf(built);
        if (name !== undefined) await cache?.keep(name, yaml);
        return yaml;
      } finally {
        await place.dispose();
      }
    },
  };
}
