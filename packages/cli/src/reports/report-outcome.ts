import type { DojoErrorJson, Outcome } from 'backstage-plugin-dojo-common';

/** How one effect ended, as a person reads it. */
export function reportOutcome(outcome: Outcome): string {
  const line = `${outcome.kind}: ${outcome.key}`;
  if (outcome.kind === 'waiting') return `${line}: ${outcome.detail}`;
  if (outcome.kind !== 'failed') return line;
  return `${line}\n  ${reportError(outcome.error)}`;
}

/** An error as a person reads it: what happened, and what to do. */
export function reportError({ message, hint, code }: DojoErrorJson): string {
  return `${message} (${code})${hint === undefined ? '' : `\n  ${hint}`}`;
}

/** The line of a command that was stopped before its end. @param left what is left, as a clause. */
export function reportStopped(left: string): string {
  return `stopped; ${left}\n`;
}
