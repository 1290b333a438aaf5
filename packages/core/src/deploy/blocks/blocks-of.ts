import type {
  DeployedVersion,
  DeploymentBlock,
  DojoError,
} from 'backstage-plugin-dojo-common';
import { deployErrors } from '../deploy-errors';
import type { OverlayState } from '../deployment-state';
import type { Frozen } from '../freeze/freeze-window';
import type { Rejection } from '../notes/rejection';
import { hasSamePins } from './same-pins';

/** What the rules that block are about: a change of an environment, and what holds there now. */
export interface BlockFacts extends ChangeFacts {
  /** Where the version comes from. */
  readonly intent: 'version' | 'promotion' | 'rollback';
  /** What is to run, with the images that belong to it. */
  readonly version: DeployedVersion;
  /** What the overlay says now; absent: there is none. */
  readonly from?: DeployedVersion;
  /** The environment whose version alone gets in (`onlySourceOf`); absent: any version does. */
  readonly promotesFrom?: {
    readonly environment: string;
    /** Whether it is what the request promotes. */
    readonly isAsked: boolean;
    /** What is there now, with the images that belong to it; absent: nothing is. */
    readonly version?: DeployedVersion;
  };
  /** Absent: no freeze window holds it back. */
  readonly frozen?: Frozen;
  /** Migrations that it needs and the environment's database lacks; absent: none, or it is not known. */
  readonly pending?: NonNullable<OverlayState['pending']>;
  /** Absent: the version was not rejected. */
  readonly rejection?: Rejection;
}

/** Whatever the change is. */
interface ChangeFacts {
  readonly component: string;
  readonly environment: string;
  /** Who asked for a change and who lands it, where a change that waits is merged; absent: nothing is. */
  readonly merge?: {
    readonly requestedBy?: string;
    readonly mergedBy?: string;
  };
}

/** An overlay that is only prepared: nothing runs by it. */
interface PreparationFacts extends ChangeFacts {
  readonly intent: 'prepare';
}

/** Until when a window holds, in words where nothing ends it. */
export function untilOf({ until }: Frozen): string {
  return until?.toISOString() ?? 'the window is taken away';
}

/**
 * The rules that hold a change back, the gravest first: one function for the plan, the page, an agent and the merge of a
 * change that waits. Freeze, rejection and the order of environments never hold a rollback back, and the latter two no
 * change that leaves the version as it is; what prepares an overlay is held back by nothing but who merges. Pure; whether there is a change at all is the caller's to know.
 */
export function blocksOf(
  facts: BlockFacts | PreparationFacts,
): DeploymentBlock[] {
  const blocks: DeploymentBlock[] = [];
  const { environment, merge } = facts;
  if (merge && isSamePerson(merge)) {
    blocks.push(
      toBlock(deployErrors.requesterMerges(environment, merge.mergedBy!)),
    );
  }
  if (facts.intent === 'prepare') return blocks;
  const { version, from, frozen, rejection, pending } = facts;
  const isNewVersion = from === undefined || !hasSamePins(version, from);
  if (isNewVersion && pending) {
    blocks.push(
      toBlock(
        deployErrors.migrationsPending(environment, pending.level, pending.ids),
      ),
    );
  }
  if (facts.intent === 'rollback') return blocks;
  if (isNewVersion && rejection) {
    blocks.push(
      toBlock(deployErrors.versionRejected(facts.component, rejection)),
    );
  }
  if (isNewVersion && !isPromoted(facts)) {
    const { promotesFrom } = facts;
    blocks.push(
      toBlock(
        deployErrors.promotionNeeded(environment, promotesFrom!.environment),
      ),
    );
  }
  if (frozen) {
    const error = deployErrors.frozen(
      environment,
      frozen.window.text,
      untilOf(frozen),
    );
    blocks.push({
      ...toBlock(error),
      ...(frozen.until && { until: frozen.until.toISOString() }),
    });
  }
  return blocks;
}

function isSamePerson({
  requestedBy,
  mergedBy,
}: NonNullable<ChangeFacts['merge']>): boolean {
  return requestedBy !== undefined && requestedBy === mergedBy;
}

function isPromoted({ promotesFrom, version }: BlockFacts): boolean {
  if (promotesFrom === undefined || promotesFrom.isAsked) return true;
  const held = promotesFrom.version;
  // Both ways: without an image of its own, another one would run than the one that is pinned there.
  return (
    held !== undefined &&
    hasSamePins(version, held) &&
    hasSamePins(held, version)
  );
}

function toBlock({ code, message, hint = '' }: DojoError): DeploymentBlock {
  return { code, message, hint };
}
