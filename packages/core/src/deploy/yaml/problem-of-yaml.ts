import { readYaml } from './read-yaml';
import type { YamlLimits } from './yaml-reader';

/**
 * Why a YAML text of somebody else's is not read; undefined where it may be: it is YAML, and as small and as flat as the
 * limits say, what its aliases repeat counted each time.
 */
export function problemOfYaml(
  text: string,
  limits: YamlLimits,
): string | undefined {
  const read = readYaml(text, limits);
  if (read.kind === 'documents') return undefined;
  return read.line === undefined ? read.why : `line ${read.line}: ${read.why}`;
}
