import type { HealthStatus } from 'backstage-plugin-dojo-common';

/** What is known of an object's health, and why. */
export interface Health {
  readonly status: HealthStatus;
  /** One word: a condition's or a container's own where there is one. */
  readonly reason: string;
  /** One sentence with the values in it. */
  readonly message: string;
}

/** Makes a health of a reason and a sentence. */
type Verdict = (reason: string, message: string) => Health;

const verdict =
  (status: HealthStatus): Verdict =>
  (reason, message) => ({ status, reason, message });

/** It is as it was asked for. */
export const current = verdict('Current');
/** It is on the way. */
export const inProgress = verdict('InProgress');
/** It does not get there by itself. */
export const failed = verdict('Failed');
/** It is being deleted. */
export const terminating = verdict('Terminating');
/** It is not there. */
export const notFound = verdict('NotFound');
/** What it says of itself cannot be read. */
export const unknown = verdict('Unknown');
