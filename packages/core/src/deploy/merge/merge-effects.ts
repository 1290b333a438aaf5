import { shortOid } from 'backstage-plugin-dojo-common';
import type { Effect } from '../../effect/effect';
import { mergeMessage, parseDeploymentMessage } from '../deployment-message';
import { requestKey } from '../effects/effect-keys';
import { pushLanding } from '../effects/overlay-effect';
import type { DeployPorts, InfraRepository } from '../ports';
import type { LandedBefore, WaitingChange } from './merge-state';

/** Commits among which the landing is looked for: others may change the folder right after it. */
const maxLooked = 20;

/** What the effects are made from. */
export interface MergeRun {
  readonly infra: InfraRepository;
  readonly ports: DeployPorts;
  readonly mergedBy: string;
  /** Called once the branch was seen to hold the change. */
  onCommit(commit: string): void;
}

/** `merge dojo/ledger/dev into main` */
export function mergeKey({
  requestBranch,
  branch,
}: Pick<WaitingChange, 'requestBranch' | 'branch'>): string {
  return `merge ${requestBranch} into ${branch}`;
}

/** One leased push of the commit that brings the change in; then its branch is of no more use. */
export function mergeEffects(change: WaitingChange, run: MergeRun): Effect[] {
  return [mergeEffect(change, run), removeEffect(change, run)];
}

function mergeEffect(change: WaitingChange, run: MergeRun): Effect {
  const { branch, head, folder, before, tip, files, message } = change;
  const { infra, ports, mergedBy, onCommit } = run;
  const { planHash } = change.change;
  return {
    key: mergeKey(change),
    async find(signal) {
      const now = await infra.readHead(branch, signal);
      if (now.commit === undefined) return { kind: 'absent' };
      const history = await infra.readHistory(
        now.commit,
        folder,
        maxLooked,
        signal,
      );
      const landing = history.find(
        one =>
          one.isLanding &&
          parseDeploymentMessage(one.message)?.planHash === planHash,
      );
      if (landing !== undefined) {
        onCommit(landing.commit);
        return { kind: 'as-planned' };
      }
      const tree = await infra.readTree(now.commit, folder, signal);
      if (tree === before) return { kind: 'absent' };
      return {
        kind: 'different',
        detail: `was changed by somebody else, up to ${shortOid(now.commit)}`,
      };
    },
    async create(signal) {
      await pushLanding(
        infra,
        {
          branch,
          base: head,
          merges: tip,
          files,
          message: mergeMessage(message, mergedBy),
          author: ports.author,
          date: ports.commitClock.now(),
        },
        signal,
      );
    },
  };
}

/** A branch that holds something else by now is another request's. */
export function removeEffect(
  { requestBranch, tip }: Pick<LandedBefore, 'requestBranch' | 'tip'>,
  { infra }: Pick<MergeRun, 'infra'>,
): Effect {
  return {
    key: requestKey(requestBranch),
    async find(signal) {
      const held = await infra.readBranch(requestBranch, signal);
      return held !== undefined && held === tip
        ? { kind: 'absent' }
        : { kind: 'as-planned' };
    },
    async create(signal) {
      if (tip === undefined) return;
      await infra.removeBranch(requestBranch, tip, signal);
    },
  };
}
