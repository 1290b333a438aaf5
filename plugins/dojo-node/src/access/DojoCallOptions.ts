import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Outcome } from 'backstage-plugin-dojo-common';

/** Options of every call. @public */
export interface DojoCallOptions {
  /** Of the initiator: they are what is authorized, and what reads the catalog. */
  readonly credentials: BackstageCredentials;
}

/** Options of a call that plans: {@link Releases.plan}, {@link Migrations.plan}. @public */
export interface DojoPlanOptions extends DojoCallOptions {
  /** Ends the work; the call then throws its reason. */
  readonly signal: AbortSignal;
}

/** Options of a call that carries a plan out: {@link Releases.release}, {@link Migrations.migrate}. @public */
export interface DojoRunOptions extends DojoPlanOptions {
  /** Called with one line per milestone, and with a heartbeat of long ones; default: nowhere. Outcomes are not in it. */
  readonly log?: (line: string) => void;
  /** Called once per effect, in plan order, as soon as its outcome is known; default: the result alone tells them. */
  readonly onOutcome?: (outcome: Outcome) => void;
}
