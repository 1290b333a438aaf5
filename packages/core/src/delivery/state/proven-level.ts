import { migrationNumber } from './database-of';
import type { ChainedLanding } from './landing-chain';
import type { Versions } from './versions';

/** A level that a database has at least, and the version that showed it. */
export interface ProvenLevel {
  readonly at: string;
  readonly by: string;
}

/**
 * What the database of an environment has at least, where nobody can read it: a version is ready only when every migration
 * that it packs is applied (the readiness probe of the base), no rollback takes one away, and only a restore or a new claim
 * would. So it is the highest need of all versions that came up healthy there since its overlay was made. Undefined: none
 * that needs one did. Linear in landings.
 */
export function provenLevel(
  chain: readonly ChainedLanding[],
  versions: Versions,
): ProvenLevel | undefined {
  const from = chain.findLastIndex(({ change }) => change === 'removed') + 1;
  let proven: ProvenLevel | undefined;
  for (const { version, outcomes } of chain.slice(from)) {
    if (!outcomes.some(({ kind }) => kind === 'healthy')) continue;
    const release = versions.named(version);
    const at = release?.needs;
    if (release === undefined || at === undefined) continue;
    const isHigher =
      proven === undefined || migrationNumber(at) >= migrationNumber(proven.at);
    if (isHigher) proven = { at, by: release.version };
  }
  return proven;
}
