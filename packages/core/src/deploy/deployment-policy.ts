import type { DeploymentMode } from 'backstage-plugin-dojo-common';
import type { FreezeWindow } from './freeze/freeze-window';
import type { SyncSource } from './sync/sync-source';

/** What the platform engineer decided of an environment (`dojo.environments`). */
export interface DeploymentPolicy {
  /** Template of the namespace; default `{component}-{environment}`. */
  readonly namespace?: string;
  /** Name of its cluster; absent: none is known. */
  readonly cluster?: string;
  /** How a change lands where the request does not say it; default commit. */
  readonly mode?: DeploymentMode;
  /** Somebody else than who asks for it lands a change. */
  readonly approval?: boolean;
  /** The environment before it, from which it is promoted to; default: there is none. */
  readonly promotesFrom?: string;
  /** Whether nothing else gets in than what is in `promotesFrom`, but a rollback; default: what `approval` is. */
  readonly promotedOnly?: boolean;
  /** What brings the overlays into the cluster, in the git modes; default: nobody waits for it. */
  readonly sync?: SyncSource;
  readonly freeze: readonly FreezeWindow[];
}

/** Of an environment that nothing is configured for. */
export const defaultPolicy: DeploymentPolicy = { freeze: [] };

/**
 * The environment whose version alone gets into one; undefined: any version does. The order of environments says what is
 * offered, and binds only where somebody else than who asks lands a change, or where `promotedOnly` says so.
 */
export function onlySourceOf({
  promotesFrom,
  promotedOnly,
  approval = false,
}: Pick<DeploymentPolicy, 'promotesFrom' | 'promotedOnly' | 'approval'>):
  | string
  | undefined {
  return promotedOnly ?? approval ? promotesFrom : undefined;
}

/** Names of environments in which images need digests. */
const productionNames = /^prod(?:uction)?$/;

/** Whether the rules for production hold in an environment. */
export function isProduction(environment: string): boolean {
  return productionNames.test(environment);
}
