import type { Health } from '../health';
import { computeHealth } from '../compute-health';
import { createHealthContext } from '../health-context';
import { parseObjects } from '../../objects/parse-objects';

/** The moment at which tests look. */
export const now = new Date('2026-05-04T10:00:00Z');

/** A moment before it, as the API writes one. */
export function secondsAgo(seconds: number): string {
  return new Date(now.getTime() - seconds * 1000).toISOString();
}

/** The health of the first object of a YAML text, with the others beside it. */
export function healthOf(yaml: string): Health {
  const objects = parseObjects(yaml, 'test.yaml');
  return computeHealth(objects[0], createHealthContext(objects, now));
}

/** Its status and reason, for tables. */
export function verdictOf(yaml: string): string {
  const { status, reason } = healthOf(yaml);
  return `${status} ${reason}`;
}
