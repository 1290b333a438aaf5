import { setImmediate } from 'node:timers/promises';
import type { DeliveryPerson } from 'backstage-plugin-dojo-common';
import type { RepositoryLinks } from '../../repository/repository-links';
import { parseDeploymentMessage } from '../deployment-message';
import type { LandedChange } from '../deployment-message';
import type { Landing, LandingComponent } from './landings';
import type { OverlayChange } from './overlay-paths';
import type { CommitText } from './ports';
import { versionInText, versionOfTag } from './read-overlay-version';

/** A commit of the branch's own line with the overlays that it changed. */
export interface LineCommit extends CommitText {
  readonly changes: readonly OverlayChange[];
  /** Of a merge: the commits that it brought in, newest first, as far as they were read. */
  readonly brought: readonly CommitText[];
}

/** What an overlay said before a commit. */
export type Carried = Pick<Landing, 'base' | 'version' | 'digest'>;

/** What landings are told from. */
export interface LandingSources {
  readonly componentOf: (name: string) => LandingComponent;
  /** Text of a kustomization by the id of its content; undefined: it cannot be read. */
  readonly textOf: (oid: string) => string | undefined;
  /** What an overlay said before all of the commits, by its folder. */
  readonly before: ReadonlyMap<string, Carried>;
  readonly links?: RepositoryLinks;
  readonly signal: AbortSignal;
}

/** Commits that are told without letting others have their turn. */
const atOnce = 50;

/** A landing and the component that it is of. */
export interface ToldLanding {
  readonly component: string;
  readonly landing: Landing;
}

/**
 * What each commit did to each overlay, oldest first. A commit that left the kustomization alone changed what runs there by
 * other files, and its version is the one before.
 *
 * @param commits oldest first.
 */
export async function tellLandings(
  commits: readonly LineCommit[],
  sources: LandingSources,
): Promise<ToldLanding[]> {
  const state = new Map(sources.before);
  const told: ToldLanding[] = [];
  for (const [index, commit] of commits.entries()) {
    if (index % atOnce === 0) {
      await setImmediate(undefined, { signal: sources.signal });
    }
    for (const change of commit.changes) {
      const component = sources.componentOf(change.component);
      const said = changeOf(commit, change);
      const now = carriedBy(change, { component, said, ...sources, state });
      state.set(change.folder, now);
      told.push({
        component: change.component,
        landing: {
          commit: commit.commit,
          environment: change.environment,
          at: commit.at,
          ...peopleOf(commit, said),
          ...now,
          ...(said?.isRollback && { rollback: true as const }),
          ...(change.isRemoved && { removed: true as const }),
          ...(said && { planHash: said.planHash }),
          ...(sources.links && { url: sources.links.commit(commit.commit) }),
        },
      });
    }
  }
  return told;
}

function carriedBy(
  { folder, kustomization, isRemoved }: OverlayChange,
  {
    component,
    said,
    textOf,
    state,
  }: Pick<LandingSources, 'textOf'> & {
    readonly component: LandingComponent;
    readonly said: LandedChange | undefined;
    readonly state: ReadonlyMap<string, Carried>;
  },
): Carried {
  if (isRemoved) return {};
  if (kustomization === undefined) return state.get(folder) ?? {};
  const text = textOf(kustomization);
  if (text === undefined) return {};
  // What a run of ours wrote needs no parser, where the file still says it.
  if (said?.commit !== undefined && text.includes(`?ref=${said.commit}`)) {
    return carriedByMessage(said, component);
  }
  const found = versionInText(text, component);
  if (found?.kind !== 'version') return {};
  // A person may have left the comment as it was; what a run of ours says of this very commit is known better.
  const tag = (said?.commit === found.base ? said.tag : undefined) ?? found.tag;
  return {
    base: found.base,
    ...(tag !== undefined && { version: versionOfTag(tag, component) }),
    ...(found.digest !== undefined && { digest: found.digest }),
  };
}

function carriedByMessage(
  { commit, tag, images }: LandedChange,
  component: LandingComponent,
): Carried {
  const own =
    images.find(({ name }) => name === component.image) ??
    images.find(({ name }) => name.split('/').at(-1) === component.name) ??
    (images.length === 1 ? images[0] : undefined);
  return {
    ...(commit !== undefined && { base: commit }),
    ...(tag !== undefined && { version: versionOfTag(tag, component) }),
    ...(own && { digest: own.digest }),
  };
}

/** What the message of a landing, or of what it brought in, says of this overlay. */
export function changeOf(
  { message, brought }: LineCommit,
  { component, environment }: Pick<OverlayChange, 'component' | 'environment'>,
): LandedChange | undefined {
  for (const text of [message, ...brought.map(each => each.message)]) {
    const change = parseDeploymentMessage(text);
    const isOurs =
      change?.component === component && change.environment === environment;
    if (isOurs) return change;
  }
  return undefined;
}

function peopleOf(
  { author, parents, brought }: LineCommit,
  said: LandedChange | undefined,
): Pick<Landing, 'by' | 'requestedBy' | 'mergedBy'> {
  const isMerge = parents.length > 1;
  const asked =
    said?.requester ?? (isMerge ? brought.at(0)?.author : undefined) ?? '';
  const merged = said?.mergedBy ?? (isMerge ? author : '');
  const by =
    said?.requester ?? (merged !== '' && asked !== '' ? asked : author);
  return {
    ...(by !== '' && { by: personOf(by) }),
    ...(asked !== '' && { requestedBy: personOf(asked) }),
    ...(merged !== '' && { mergedBy: personOf(merged) }),
  };
}

/** Who is named by an entity ref, or by their name. */
export function personOf(text: string): DeliveryPerson {
  const plain = text.replace(/\s*<[^<>]*>$/, '');
  const [, name] = /^[a-z]+:[^/\s]+\/(\S+)$/i.exec(plain) ?? [];
  return name === undefined ? { name: plain } : { ref: plain, name };
}
