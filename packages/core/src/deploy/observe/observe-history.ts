import { isDojoError } from 'backstage-plugin-dojo-common';
import type { BaseAddress } from 'backstage-plugin-dojo-common';
import { parseDeploymentMessage } from '../deployment-message';
import { landedVersions, versionIn } from '../history/landed-version';
import type { LandedVersion } from '../history/landed-version';
import type { TagPin } from '../history/moved-tags';
import { kustomizationNames } from '../overlay/kustomization';
import { personOf } from '../landings/tell-landings';
import type { LastChange } from '../deployment-state';
import type { InfraCommit, InfraRepository } from '../ports';

/** Commits of one folder that are looked at; older ones are as if they were not. */
export const maxHistory = 1_000;

/**
 * The versions that landed in an overlay, newest first.
 *
 * @param cap - commits that are looked at.
 */
export async function observeLanded(
  infra: InfraRepository,
  place: { readonly head: string; readonly folder: string },
  base: BaseAddress,
  signal: AbortSignal,
): Promise<LandedVersion[]> {
  const { head, folder } = place;
  const commits = await infra.readHistory(head, folder, maxHistory, signal);
  const texts = await kustomizationsAt(infra, commits, folder, signal);
  return landedVersions(commits, texts, base);
}

/** The commit that last changed something below an overlay's folder, and who made it; undefined: none did. */
export async function observeLastChange(
  infra: InfraRepository,
  { head, folder }: { readonly head: string; readonly folder: string },
  signal: AbortSignal,
): Promise<LastChange | undefined> {
  const [newest] = await infra.readHistory(head, folder, 1, signal);
  if (newest === undefined) return undefined;
  const { commit, message, author } = newest;
  // A run commits in the portal's name, for whoever asked for it.
  const requester = parseDeploymentMessage(message)?.requester;
  return { commit, by: personOf(requester ?? author).name };
}

/** The pins of a component's tags: those that messages of runs record, and those that comments name. */
export async function observeTagPins(
  infra: InfraRepository,
  place: {
    readonly head: string;
    readonly component: string;
    readonly base: BaseAddress;
    readonly isSameBase: (base: string) => boolean;
  },
  signal: AbortSignal,
): Promise<{
  readonly commits: readonly InfraCommit[];
  readonly recorded: readonly TagPin[];
  readonly commented: readonly TagPin[];
}> {
  const { head, component, base, isSameBase } = place;
  const commits = await infra.readHistory(head, component, maxHistory, signal);
  const recorded: TagPin[] = [];
  const byPeople: InfraCommit[] = [];
  const environments = new Set<string>();
  for (const each of commits) {
    const change = parseDeploymentMessage(each.message);
    if (change === undefined || change.component !== component) {
      byPeople.push(each);
      continue;
    }
    environments.add(change.environment);
    const { tag, commit } = change;
    if (tag !== undefined && commit !== undefined && isSameBase(change.base)) {
      recorded.push({
        tag,
        commit,
        folder: `${component}/${change.environment}`,
        infraCommit: each.commit,
      });
    }
  }
  for (const name of await environmentsAt(infra, head, component, signal)) {
    environments.add(name);
  }
  const commented: TagPin[] = [];
  for (const environment of environments) {
    const folder = `${component}/${environment}`;
    const texts = await kustomizationsAt(infra, byPeople, folder, signal);
    let last: string | undefined;
    texts.forEach((text, at) => {
      if (text === undefined || text === last) return;
      last = text;
      const version = versionIn(text, base);
      if (version?.tag === undefined) return;
      commented.push({
        tag: version.tag,
        commit: version.commit,
        folder,
        infraCommit: byPeople[at].commit,
      });
    });
  }
  return { commits, recorded, commented };
}

/** Names of the folders of a component that hold files. */
async function environmentsAt(
  infra: InfraRepository,
  head: string,
  component: string,
  signal: AbortSignal,
): Promise<string[]> {
  try {
    const paths = await infra.files(head).listFiles(component, signal);
    return paths.flatMap(path => {
      const [, environment, name] = path.split('/');
      return name === undefined ? [] : [environment];
    });
  } catch (error) {
    // A link in another environment is that environment's problem: what runs recorded is known all the same.
    if (isDojoError(error) && error.kind === 'refused') return [];
    throw error;
  }
}

/** The text of the folder's kustomization file at each commit, whatever it was called then. */
async function kustomizationsAt(
  infra: InfraRepository,
  commits: readonly InfraCommit[],
  folder: string,
  signal: AbortSignal,
): Promise<(string | undefined)[]> {
  const oids = commits.map(({ commit }) => commit);
  const texts: (string | undefined)[] = oids.map(() => undefined);
  if (oids.length === 0) return texts;
  for (const name of kustomizationNames) {
    const found = await infra.readAt(oids, `${folder}/${name}`, signal);
    found.forEach((text, at) => {
      texts[at] ??= text;
    });
  }
  return texts;
}
