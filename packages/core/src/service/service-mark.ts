import type { ServiceValues } from 'backstage-plugin-dojo-common';
import { planHash } from '../plan/plan-hash';

/**
 * The values that a service was made of, in 64 digits. They stand in its first commit, so that a run that finds the
 * repository knows whether it is of the same form. The version of the command is not part of it: a portal that was
 * upgraded in between finishes what it began.
 */
export function serviceMark({ dojo: _, ...values }: ServiceValues): string {
  return planHash(values);
}

const trailer = 'Dojo-Service';

/** The message of the first commit. */
export function firstMessage(name: string, mark: string): string {
  return `feat: begin ${name}\n\n${trailer}: ${mark}\n`;
}

/** What {@link firstMessage} says of a service; undefined where a message is another's. */
export function markIn(message: string): string | undefined {
  const lines = message.trimEnd().split('\n');
  return new RegExp(`^${trailer}: ([0-9a-f]{64})$`).exec(
    lines.at(-1) ?? '',
  )?.[1];
}
