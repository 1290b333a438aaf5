import { isDojoError } from 'backstage-plugin-dojo-common';
import type { InfraRepository } from '../ports';
import type { Relation } from './sync-verdict';

/** What landed, and where. */
export interface SyncedLanding {
  /** Object id of the commit that has it, on the branch that the controller follows. */
  readonly commit: string;
  /** Of the overlay. */
  readonly folder: string;
}

/** The repository has no such commit, or none of that form. */
const isNotThere = ['GIT_OBJECT_MISSING', 'GIT_COMMIT_INVALID'];
/** Changes of the overlay among which ours is looked for: so many may come after it while it is waited for. */
const maxLater = 50;
/** A controller that names more commits than these while it is watched is not believed to follow a branch. */
const maxCommits = 200;

/**
 * Tells what commits have of an overlay that landed. Each commit is looked up once, since what a commit has never changes;
 * one that the repository does not have is looked up again, as it may be fetched later.
 */
export class CommitRelations {
  readonly #known = new Map<string, Relation>();
  #own: string | undefined;

  constructor(
    private readonly infra: Pick<InfraRepository, 'readTree' | 'readHistory'>,
    private readonly landing: SyncedLanding,
  ) {}

  /** Of a commit that {@link learn} was asked for. */
  of(commit: string): Relation {
    return this.#known.get(commit) ?? 'unknown';
  }

  /** Looks up those that are not known yet. Throws what the repository throws. */
  async learn(commits: readonly string[], signal: AbortSignal): Promise<void> {
    for (const commit of commits) {
      const isKnown = (this.#known.get(commit) ?? 'unknown') !== 'unknown';
      if (isKnown || this.#known.size >= maxCommits) continue;
      this.#known.set(commit, await this.#relate(commit, signal));
    }
  }

  async #relate(commit: string, signal: AbortSignal): Promise<Relation> {
    const { commit: own, folder } = this.landing;
    if (commit === own) return 'ours';
    try {
      this.#own ??= await this.infra.readTree(own, folder, signal);
      const tree = await this.infra.readTree(commit, folder, signal);
      if (tree === this.#own) return 'ours';
      const history = await this.infra.readHistory(
        commit,
        folder,
        maxLater,
        signal,
      );
      return history.some(each => each.commit === own)
        ? 'superseded'
        : 'before';
    } catch (error) {
      signal.throwIfAborted();
      if (isDojoError(error) && isNotThere.includes(error.code)) {
        return 'unknown';
      }
      throw error;
    }
  }
}
