import type { DeliveryEnvironment } from './delivery-environment';
import type { DeliverySource } from './delivery-parts';

/** What a card writes large. `nothing`: something is wanted, and nothing runs. */
export type MainFact =
  | { readonly kind: 'versions'; readonly versions: readonly string[] }
  | { readonly kind: 'nothing' | 'empty' | 'unknown' };

/** What runs is large; where that cannot be seen, what landed there is. */
export function mainFactOf({ wanted, running }: DeliveryEnvironment): MainFact {
  switch (running.kind) {
    case 'version':
      return versions([running]);
    case 'mixed':
      return versions(running.parts);
    case 'nothing':
      return { kind: wanted.kind === 'nothing' ? 'empty' : 'nothing' };
    case 'not-observed':
      if (wanted.kind === 'version') return versions([wanted]);
      return { kind: wanted.kind === 'nothing' ? 'empty' : 'unknown' };
    default:
      return { kind: 'unknown' };
  }
}

function versions(
  parts: readonly { readonly version?: string; readonly digest?: string }[],
): MainFact {
  const names = parts.flatMap(({ version, digest }) => {
    const name = version ?? digest?.slice('sha256:'.length, 18);
    return name === undefined ? [] : [name];
  });
  return names.length > 0
    ? { kind: 'versions', versions: [...new Set(names)] }
    : { kind: 'unknown' };
}

/** The version that is wanted, where it is not what runs: a second fact. Without a cluster nothing differs. */
export function wantedBesides({
  wanted,
  running,
}: DeliveryEnvironment): string | undefined {
  if (wanted.kind !== 'version' || running.kind === 'not-observed')
    return undefined;
  const same =
    running.kind === 'version' &&
    (wanted.version !== undefined && running.version !== undefined
      ? wanted.version === running.version
      : wanted.digest === running.digest);
  return same ? undefined : wanted.version ?? wanted.base.slice(0, 7);
}

/** Whether its database is known or should be: not where none is configured. */
export function hasDatabase(
  { name, database }: DeliveryEnvironment,
  sources: readonly DeliverySource[],
): boolean {
  if (database.kind === 'none') return false;
  if (database.kind !== 'unknown') return true;
  const source = sources.find(({ id }) => id === `database:${name}`);
  return source !== undefined && source.state !== 'off';
}
