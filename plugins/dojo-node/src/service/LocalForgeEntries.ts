import { problemOfYaml } from 'dojo-portal-core/deploy';
import { readHeadFiles } from 'dojo-portal-core/service';
import type { DojoConfig } from '../config/readDojoConfig';
import { withBackstageErrors } from '../errors/withBackstageErrors';
import type { ForgeEntries } from './Services';

const path = 'catalog-info.yaml';
/** Bytes of a file: some hundred entities. */
const maxBytes = 64 * 1024;
const maxRepositories = 2_000;
/** A file is as small for the parser as it is on the disk: what its aliases repeat is counted. */
const yamlLimits = { maxValues: 5_000, maxDepth: 30 };

/** Reads the catalog files of the local forge. */
export class LocalForgeEntries implements ForgeEntries {
  readonly #root: string | undefined;

  constructor({ localForgeRoot }: Pick<DojoConfig, 'localForgeRoot'>) {
    this.#root = localForgeRoot;
  }

  get isConfigured(): boolean {
    return this.#root !== undefined;
  }

  async list({
    signal,
  }: {
    readonly signal: AbortSignal;
  }): ReturnType<ForgeEntries['list']> {
    const root = this.#root;
    if (root === undefined) return { entries: [], isCut: false };
    return withBackstageErrors(async () => {
      const options = { path, maxBytes, maxRepositories, signal };
      const { files, isCut } = await readHeadFiles(root, options);
      const entries = files.map(file => {
        if (file.kind !== 'text') return file;
        const why = problemOfYaml(file.text, yamlLimits);
        const { repository } = file;
        return why === undefined
          ? file
          : { repository, kind: 'unreadable' as const, why: `${path}: ${why}` };
      });
      return { entries, isCut };
    });
  }
}
