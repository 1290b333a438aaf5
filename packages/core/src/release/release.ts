import type {
  Outcome,
  ReleaseRequest,
  ReleaseResult,
} from 'backstage-plugin-dojo-common';
import type { ReleasePorts } from './ports';

/** Options of {@link release}. */
export interface ReleaseOptions {
  readonly signal: AbortSignal;
  /** Reads and plans, writes nothing; default false. */
  readonly dryRun?: boolean;
  /** The reviewed plan: execute refuses (conflict) when the plan computed now hashes differently. */
  readonly planHash?: string;
  /** Gives up the open promises of this version, which can no longer be kept. */
  readonly abandon?: string;
  /** One line per milestone, for the task log and stderr. */
  readonly log?: (line: string) => void;
  /** Called once per effect as soon as its outcome is known. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/**
 * Observes, plans and executes one release (design/release.md). Running it again is always safe.
 *
 * @throws DojoError where nothing was attempted: bad input, a rule that refuses, a conflict, a system that fails.
 * @returns all outcomes also where an effect failed (`outcome: 'failed'`).
 */
export async function release(
  request: ReleaseRequest,
  ports: ReleasePorts,
  options: ReleaseOptions,
): Promise<ReleaseResult> {
  throw new Error(
    `${request.repository} ${ports.author.name} ${options.dryRun}`,
  );
}
