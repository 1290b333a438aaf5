import { readYaml } from '../yaml/read-yaml';
import { kustomizationErrors } from './kustomization-errors';
import type { Place } from './kustomization';
import { treeLimits } from './tree-limits';

const anchor = /(?:^|[\s[{,:?-])&[^\s,[\]{}]/;
const alias = /(?:^|[\s[{,:?-])\*[^\s,[\]{}]/;

/**
 * Refuses YAML of a few lines that aliases make into a billion values, which kustomize would expand until the memory is
 * gone. What has no alias is not read: it cannot grow.
 *
 * @throws DojoError KUSTOMIZATION_INVALID.
 */
export function ensureFewValues(place: Place, text: string): void {
  if (!anchor.test(text) || !alias.test(text)) return;
  if (/[\u0085\u2028\u2029]/.test(text)) {
    // To kustomize they end a line, and so a comment; to the reader here they do not.
    throw kustomizationErrors.invalid(
      place,
      'it has aliases, and line breaks that not every reader of YAML knows (U+0085, U+2028, U+2029)',
    );
  }
  const read = readYaml(text, treeLimits);
  if (read.kind === 'documents') return;
  const line = read.line === undefined ? '' : `:${read.line}`;
  throw kustomizationErrors.invalid(`${place}${line}`, read.why);
}
