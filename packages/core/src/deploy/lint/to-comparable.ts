import { canonicalJson } from '../../plan/canonical-json';
import type { JsonValue } from '../../plan/canonical-json';

/** Part of a manifest as text that is equal where the parts are, whatever the order of their keys. */
export function toComparable(value: unknown): string {
  // What was read of YAML or JSON holds nothing else.
  return canonicalJson((value ?? null) as JsonValue);
}
