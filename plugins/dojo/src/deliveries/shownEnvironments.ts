/** How many environments have a column where nobody has chosen. */
export const mostColumns = 6;

/** What is shown of an environment that is configured. */
export interface NamedEnvironment {
  readonly name: string;
  readonly promotesFrom?: string;
}

/**
 * The environments that have a column, in the order of the configuration: all of them up to six, else those that are
 * chosen, else the first five and production (or, where none is called so, the last one that nothing is promoted from).
 */
export function shownEnvironments(
  all: readonly NamedEnvironment[],
  chosen: readonly string[] = [],
): readonly string[] {
  const names = all.map(environment => environment.name);
  if (names.length <= mostColumns) return names;
  const known = names.filter(name => chosen.includes(name));
  if (known.length > 0) return known;
  const last = names.includes('production') ? 'production' : lastOf(all);
  const first = names.filter(name => name !== last).slice(0, mostColumns - 1);
  return names.filter(name => first.includes(name) || name === last);
}

function lastOf(all: readonly NamedEnvironment[]): string | undefined {
  const sources = new Set(all.map(environment => environment.promotesFrom));
  return all.filter(({ name }) => !sources.has(name)).at(-1)?.name;
}
