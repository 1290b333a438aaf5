import type { Landings } from './landings';
import type { Carried } from './tell-landings';

/** What each overlay said when the last reading ended, by its folder. */
export function carriedBefore(
  known: Landings | undefined,
): ReadonlyMap<string, Carried> {
  const before = new Map<string, Carried>();
  for (const [name, facts] of Object.entries(known?.components ?? {})) {
    for (const [environment, wanted] of Object.entries(facts.wanted)) {
      if (wanted.kind !== 'version') continue;
      const { base, version, digest } = wanted;
      before.set(`${name}/${environment}`, {
        base,
        ...(version !== undefined && { version }),
        ...(digest !== undefined && { digest }),
      });
    }
  }
  return before;
}
