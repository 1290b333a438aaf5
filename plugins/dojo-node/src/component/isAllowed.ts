/** An entry of `dojo.allow`: what components may name beside the repository that they came from. */
export interface AllowedPlaces {
  /** `*` stands for anything but a slash. */
  readonly pattern: string;
  /** Complete entity ref of the owner whose components may; absent: every component. */
  readonly owner?: string;
}

/** Whether a component of this owner may name the place. */
export function isAllowed(
  name: string,
  owner: string | undefined,
  entries: readonly AllowedPlaces[],
): boolean {
  return entries.some(
    entry =>
      (entry.owner === undefined || entry.owner === owner) &&
      matches(entry.pattern, name),
  );
}

function matches(pattern: string, name: string): boolean {
  const source = pattern
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]*');
  return new RegExp(`^${source}$`).test(name);
}
