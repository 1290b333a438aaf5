import type { DeploymentFinding } from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { lintObjects } from '../lint/lint-objects';
import type { Rendered } from '../render';

/** The comparing rules that hold against what lives too: they leave alone what the API server filled in. */
const rules = new Set([
  'CLAIM_CLASS_CHANGED',
  'CLAIM_MODES_CHANGED',
  'CLAIM_SHRUNK',
  'CLAIM_SPEC_CHANGED',
  'SELECTOR_CHANGED',
]);

/** Against what lives, putting it back is one of two ways. */
const hints: Readonly<Record<string, string>> = {
  SELECTOR_CHANGED:
    'Put back the selector that lives, or give the workload a new name: nothing is deleted and made again for it.',
};

/** What a person must not change of what lives (docs/reference/deploy-lint.md): told before the API server is asked. */
export function lintLive(
  rendered: Rendered,
  live: readonly KubernetesObject[],
  namespace: string,
): DeploymentFinding[] {
  return lintObjects(rendered, { namespace, before: live })
    .filter(({ code }) => rules.has(code))
    .map(finding => ({
      ...finding,
      ...(hints[finding.code] && { hint: hints[finding.code] }),
    }));
}
