import type { DeploymentFinding } from 'backstage-plugin-dojo-common';
import { objectName } from '../objects/object-name';
import type { Rendered } from '../render';
import { findSource } from './find-source';
import type { LintContext, LintProblem, LintedObjects } from './lint-rule';
import { lintRules } from './lint-rules';
import { workloadsOf } from './workloads';

/** Findings that get a place of their own; of the others the object is named. */
const maxPlaces = 50;
const order = { error: 0, warning: 1, info: 2 } as const;

/**
 * All that the rules have to say about rendered objects (docs/reference/deploy-lint.md), and what the render itself found,
 * errors first.
 */
export function lintObjects(
  rendered: Pick<Rendered, 'objects'> & Partial<Rendered>,
  context: LintContext = {},
): DeploymentFinding[] {
  const { objects, findings = [], tree } = rendered;
  const namespace = context.namespace ?? rendered.namespace;
  const linted: LintedObjects = {
    ...context,
    ...(namespace !== undefined && { namespace }),
    objects,
    workloads: workloadsOf(objects),
    ...(tree && { tree }),
    isPrepared:
      tree?.kustomizations.find(({ folder }) => folder === tree.folder)
        ?.isPrepared ?? false,
  };
  const problems = [...lintRules.values()].flatMap(rule => rule(linted));
  return [
    ...findings,
    ...problems.map((problem, index) =>
      toFinding(problem, index < maxPlaces ? tree : undefined),
    ),
  ].sort((a, b) => order[a.severity] - order[b.severity]);
}

function toFinding(
  { code, severity, message, hint, on, path }: LintProblem,
  tree: LintedObjects['tree'],
): DeploymentFinding {
  const place = on && tree && findSource(tree, on, path);
  return {
    code,
    severity,
    message,
    ...(hint !== undefined && { hint }),
    ...(on && { object: objectName(on) }),
    ...place,
  };
}
