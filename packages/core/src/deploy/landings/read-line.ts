import { parseDeploymentMessage } from '../deployment-message';
import { overlayChanges } from './overlay-paths';
import type { CommitText, LandingRepository } from './ports';
import type { LineCommit } from './tell-landings';

/** Commits of the line that are looked at; the rest is history that nobody asks for any more. */
const maxLine = 50_000;
/** Commits that are looked at of what a merge brought in: a change of ours is one. */
const maxBrought = 5;

/** The commits of the line that changed overlays. */
export interface ReadLine {
  /** Oldest first. */
  readonly commits: readonly LineCommit[];
  /** It goes on from `since`: nothing before it changed. */
  readonly isContinued: boolean;
}

/**
 * The line of first parents in one pass, for all overlays at once.
 *
 * @param since where the last reading ended; where the branch does not hold it any more, all is read.
 * @throws DojoError as the repository is read.
 */
export async function readLine(
  repository: LandingRepository,
  { head, since }: { readonly head: string; readonly since?: string },
  isComponent: (name: string) => boolean,
  signal: AbortSignal,
): Promise<ReadLine> {
  const read = async (from: string | undefined) =>
    repository.readLine(head, from, maxLine, signal);
  let line = head === since ? [] : await read(since);
  const isContinued =
    since !== undefined &&
    (head === since || line.at(-1)?.parents[0] === since);
  if (since !== undefined && !isContinued) line = await read(undefined);

  const landings = line.flatMap(({ commit, files }) => {
    const changes = overlayChanges(files, isComponent);
    return changes.length === 0 ? [] : [{ commit, changes }];
  });
  const texts = await repository.readCommits(
    landings.map(({ commit }) => commit),
    signal,
  );
  const brought = await readBrought(repository, texts, signal);
  const commits = landings.map(({ changes, commit }, at) => ({
    ...texts[at],
    changes,
    brought: brought.get(commit) ?? [],
  }));
  return { commits: commits.reverse(), isContinued };
}

/** What merges brought in whose own message says nothing of ours. */
async function readBrought(
  repository: LandingRepository,
  texts: readonly CommitText[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly CommitText[]>> {
  const brought = new Map<string, CommitText[]>();
  let open = texts.flatMap(({ commit, parents, message }) =>
    parents.length > 1 && parseDeploymentMessage(message) === undefined
      ? [{ merge: commit, at: parents[1] }]
      : [],
  );
  for (let depth = 0; depth < maxBrought && open.length > 0; depth += 1) {
    const read = await repository.readCommits(
      open.map(({ at }) => at),
      signal,
    );
    const next: typeof open = [];
    open.forEach(({ merge }, index) => {
      const text = read[index];
      brought.set(merge, [...(brought.get(merge) ?? []), text]);
      const isFound = parseDeploymentMessage(text.message) !== undefined;
      if (!isFound && text.parents.length === 1) {
        next.push({ merge, at: text.parents[0] });
      }
    });
    open = next;
  }
  return brought;
}
