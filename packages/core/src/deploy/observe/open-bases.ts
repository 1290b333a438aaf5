import type { BaseRepository, DeployPorts, FileSource } from '../ports';

/** The repositories of bases that a run reads, each opened once. */
export class OpenBases {
  readonly #open: DeployPorts['openBase'];
  readonly #opened = new Map<string, Promise<BaseRepository>>();

  constructor(open: DeployPorts['openBase']) {
    this.#open = open;
  }

  /** Throws where the host or path is not allowed. */
  repository(address: string, signal: AbortSignal): Promise<BaseRepository> {
    const known = this.#opened.get(address);
    if (known !== undefined) return known;
    const opened = this.#open(address, signal);
    this.#opened.set(address, opened);
    return opened;
  }

  /** As rendering asks for the files of a base. */
  async files(
    address: string,
    commit: string,
    signal: AbortSignal,
  ): Promise<FileSource> {
    return (await this.repository(address, signal)).files(commit);
  }

  /** Removes what was fetched. */
  async dispose(): Promise<void> {
    const opened = await Promise.allSettled(this.#opened.values());
    for (const each of opened) {
      if (each.status === 'fulfilled') await each.value.dispose();
    }
  }
}
