import type { RevertableCommit } from './cancel-reverts';
import type { RevertClaim } from './parse-revert';
import { pullRequestOf, withoutPullRequest } from './parse-revert';

const pullRequestName = (pullRequest: number) => `#${pullRequest}`;
const subjectName = (subject: string) => `subject ${subject}`;
/** Of a commit that no pull request brought, as far as its subject tells. */
const ownSubjectName = (subject: string) => `own subject ${subject}`;

function namesOf({ subject }: RevertableCommit): string[] {
  const pullRequest = pullRequestOf(subject);
  if (pullRequest === undefined) {
    return [subjectName(subject), ownSubjectName(subject)];
  }
  return [
    pullRequestName(pullRequest),
    subjectName(subject),
    subjectName(withoutPullRequest(subject)),
  ];
}

/**
 * The commits that stand when a revert comes, by the names that a revert may give them. Kept as the play goes on, so
 * that a lookup costs the same whether one commit or ten thousand have the name.
 */
export class StandingCommits {
  readonly #commits: readonly RevertableCommit[];
  readonly #asked: ReadonlySet<string>;
  readonly #names: (readonly string[] | undefined)[];
  readonly #byName = new Map<string, Set<number>>();

  /** @param asked the names that are ever looked up; others cost nothing. */
  constructor(
    commits: readonly RevertableCommit[],
    asked: ReadonlySet<string>,
  ) {
    this.#commits = commits;
    this.#asked = asked;
    this.#names = commits.map(() => undefined);
  }

  add(index: number): void {
    for (const name of this.#namesOf(index)) {
      const indexes = this.#byName.get(name);
      if (indexes) indexes.add(index);
      else this.#byName.set(name, new Set([index]));
    }
  }

  delete(index: number): void {
    for (const name of this.#namesOf(index)) {
      this.#byName.get(name)?.delete(index);
    }
  }

  /** @returns the one commit of this name that stands; undefined where none or several do. */
  only(name: string): number | undefined {
    const indexes = this.#byName.get(name);
    return indexes?.size === 1 ? [...indexes][0] : undefined;
  }

  #namesOf(index: number): readonly string[] {
    return (this.#names[index] ??= namesOf(this.#commits[index]).filter(name =>
      this.#asked.has(name),
    ));
  }
}

/** What a revert without a hash names, the surest first. */
export function namesIn({ pullRequest, subject }: RevertClaim): string[] {
  if (pullRequest === undefined) {
    return subject === undefined ? [] : [subjectName(subject)];
  }
  return [
    pullRequestName(pullRequest),
    // A commit of another pull request only has the same title.
    ...(subject === undefined ? [] : [ownSubjectName(subject)]),
  ];
}
