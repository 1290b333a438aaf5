import { gitErrors } from '../git-errors';
import { FetchedObjects } from '../objects/fetched-objects';
import type { ObjectFormat } from '../objects/git-objects';
import type { SizedTreeSource } from '../objects/tree-folder';
import type { OpenedRemote } from '../remote/open-remote';

/** Where the files of commits come from. */
export interface CommitObjects extends SizedTreeSource {
  /** Ids of the root trees of commits, in their order. */
  readRoots(
    commits: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[]>;
}

/**
 * The objects of a remote. Its temporary repository is made when the first of them is asked for: an object's id tells how
 * they are named there.
 */
export class RemoteObjects {
  readonly #opened: OpenedRemote;
  #placed: Promise<FetchedObjects> | undefined;
  #made: Promise<FetchedObjects> | undefined;
  #objects: FetchedObjects | undefined;

  constructor(opened: OpenedRemote) {
    this.#opened = opened;
  }

  /** @throws DojoError GIT_TOO_OLD, GIT_MISSING, GIT_OBJECT_MISSING where the repository names its objects otherwise. */
  async of(format: ObjectFormat): Promise<FetchedObjects> {
    this.#made ??= this.#make(format).catch(error => {
      this.#made = undefined;
      throw error;
    });
    const objects = await this.#made;
    if (objects.format !== format) {
      throw gitErrors.objectMissing(
        this.#opened.display,
        `an object named by ${format}`,
      );
    }
    return objects;
  }

  /** What reads commits of this format, and their files. */
  source(format: ObjectFormat): CommitObjects {
    return {
      format,
      readObjects: async (...asked) =>
        (await this.of(format)).readObjects(...asked),
      readSizes: async (...asked) =>
        (await this.of(format)).readSizes(...asked),
      readObjectsBelow: async (...asked) =>
        (await this.of(format)).readObjectsBelow(...asked),
      readRoots: async (commits, signal) => {
        const objects = await this.of(format);
        const parsed = await objects.fetchParsed(
          commits,
          'commit',
          'a commit',
          signal,
        );
        return parsed.map(({ headers }) => headers.get('tree')!);
      },
    };
  }

  dispose(): void {
    this.#objects?.dispose();
  }

  /** Makes their place and starts what reads them; {@link of} tells of what failed. */
  async start(format: ObjectFormat): Promise<void> {
    await this.#place(format).catch(() => undefined);
  }

  /** Git tells its version meanwhile: what an older one answers is not looked at. */
  async #make(format: ObjectFormat): Promise<FetchedObjects> {
    const [objects] = await Promise.all([
      this.#place(format),
      this.#opened.verifyVersion(),
    ]);
    return objects;
  }

  #place(format: ObjectFormat): Promise<FetchedObjects> {
    this.#placed ??= this.#create(format).catch(error => {
      this.#placed = undefined;
      throw error;
    });
    return this.#placed;
  }

  async #create(format: ObjectFormat): Promise<FetchedObjects> {
    const { display, remote, temporary, borrowed } = this.#opened;
    await temporary.create(format, borrowed);
    this.#objects = new FetchedObjects(display, remote, temporary, format);
    this.#objects.start();
    return this.#objects;
  }
}

/** @throws DojoError GIT_COMMIT_INVALID where one is no whole object id: git would take a name for whatever it means. */
export function verifyCommits(
  display: string,
  commits: readonly string[],
): void {
  const wrong = commits.find(
    commit => !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit),
  );
  if (wrong !== undefined) throw gitErrors.commitInvalid(display, wrong);
}
