import { createHash } from 'node:crypto';
import type { JsonValue } from './canonical-json';
import { canonicalJson } from './canonical-json';

/**
 * The identity of a plan: SHA-256 of the canonical JSON (RFC 8785) of its deciding half, lower-case hex.
 * Two plans that decide the same have the same hash, whatever they show.
 */
export function planHash(decides: JsonValue): string {
  return createHash('sha256')
    .update(canonicalJson(decides), 'utf8')
    .digest('hex');
}

const shownDigits = 12;

/** As much of a plan's hash as a message shows. */
export function shortPlanHash(hash: string): string {
  return hash.slice(0, shownDigits);
}
