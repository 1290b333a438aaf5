import type { DeliveryEnvironment } from 'backstage-plugin-dojo-common';

/**
 * The environments as the columns of the picture: each column holds those that are equally many promotions away from a
 * release, in the order of the configuration.
 */
export function pipelineColumns(
  environments: readonly DeliveryEnvironment[],
): readonly (readonly DeliveryEnvironment[])[] {
  const byName = new Map(environments.map(each => [each.name, each]));
  const columns: DeliveryEnvironment[][] = [];
  for (const environment of environments) {
    const depth = depthOf(environment, byName);
    (columns[depth] ??= []).push(environment);
  }
  return columns.filter(column => column !== undefined);
}

/** How many promotions lead to it; a circle, which no configuration has, ends where it began. */
function depthOf(
  environment: DeliveryEnvironment,
  byName: ReadonlyMap<string, DeliveryEnvironment>,
): number {
  const seen = new Set<string>();
  let depth = 0;
  let from = environment.promotesFrom;
  while (from !== undefined && byName.has(from) && !seen.has(from)) {
    seen.add(from);
    depth += 1;
    from = byName.get(from)?.promotesFrom;
  }
  return depth;
}
