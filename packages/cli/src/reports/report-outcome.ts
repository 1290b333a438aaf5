import { describeOutcome } from 'backstage-plugin-dojo-common';
import type { DojoErrorJson, Outcome } from 'backstage-plugin-dojo-common';

/** How one effect ended, as a person reads it. */
export function reportOutcome(outcome: Outcome): string {
  return outcome.kind === 'failed'
    ? `${outcome.kind}: ${outcome.key}\n  ${reportError(outcome.error)}`
    : describeOutcome(outcome);
}

/** An error as a person reads it: what happened, and what to do. */
export function reportError({ message, hint, code }: DojoErrorJson): string {
  return `${message} (${code})${hint === undefined ? '' : `\n  ${hint}`}`;
}

/** The line of a command that was stopped before its end. @param left what is left, as a clause. */
export function reportStopped(left: string): string {
  return `stopped; ${left}\n`;
}
