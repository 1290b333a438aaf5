import type {
  DeliveryWanted,
  WaitingChange,
} from 'backstage-plugin-dojo-common';
import type {
  ComponentLandings,
  Landing,
  LandingComponent,
  LandingOptions,
  Landings,
} from './landings';
import type { ReadOverlays } from './read-overlays';
import type { ReadWanted } from './read-wanted';
import type { ToldLanding } from './tell-landings';
import { versionOfTag } from './read-overlay-version';
import type { LandingRefs, WaitingOverlay } from './waiting-branches';

/** Days for which landings are kept. */
const keptDays = 400;
const dayMs = 24 * 60 * 60_000;

/** All that the facts of components are put together from. */
export interface LandingParts {
  readonly components: ReadonlyMap<string, LandingComponent>;
  readonly refs: LandingRefs;
  /** Oldest first, of this reading alone. */
  readonly told: readonly ToldLanding[];
  readonly overlays: ReadOverlays;
  readonly waiting: readonly WaitingOverlay[];
  /** What this reading goes on from; absent: it read all. */
  readonly base?: Landings;
  readonly options: Pick<LandingOptions, 'now' | 'links' | 'url'>;
}

/** The facts of each component; those that nothing changed stay the objects that they were. */
export function assembleComponents(
  parts: LandingParts,
): Record<string, ComponentLandings> {
  const { components, base, told } = parts;
  const newest = groupBy(told, ({ component }) => component);
  const waiting = groupBy(parts.waiting, ({ component }) => component.name);
  const all: Record<string, ComponentLandings> = {};
  for (const component of components.values()) {
    const { name } = component;
    const before = base?.components[name];
    const landings = (newest.get(name) ?? []).map(({ landing }) => landing);
    const waits = waiting.get(name) ?? [];
    const facts = assembleOne(component, parts, { before, landings, waits });
    all[name] = before && isSame(before, facts) ? before : facts;
  }
  return all;
}

/** Whether they say the same, wherever the branch is. */
export function isSame(
  { head: before, ...one }: ComponentLandings,
  { head: now, ...other }: ComponentLandings,
): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function assembleOne(
  component: LandingComponent,
  { refs, overlays, options }: LandingParts,
  {
    before,
    landings,
    waits,
  }: {
    readonly before: ComponentLandings | undefined;
    /** Oldest first. */
    readonly landings: readonly Landing[];
    readonly waits: readonly WaitingOverlay[];
  },
): ComponentLandings {
  const { links, url, now } = options;
  const all = [...[...landings].reverse(), ...(before?.landings ?? [])];
  const wanted: Record<string, DeliveryWanted> = { ...before?.wanted };
  const perEnvironment = groupBy(all, ({ environment }) => environment);
  for (const { environment } of landings) {
    const overlay = overlays.get(`${component.name}/${environment}`);
    wanted[environment] = wantedOf(
      overlay,
      perEnvironment.get(environment)!,
      component,
      overlay?.kind === 'unreadable'
        ? links?.file(refs.branch, overlay.path, overlay.line)
        : undefined,
    );
  }
  const kept = new Date(now.getTime() - keptDays * dayMs).toISOString();
  const overlayUrls = Object.fromEntries(
    Object.entries(wanted).flatMap(([environment, { kind }]) =>
      links === undefined || kind === 'nothing'
        ? []
        : [
            [
              environment,
              links.folder(refs.branch, `${component.name}/${environment}`),
            ],
          ],
    ),
  );
  const waiting: Record<string, WaitingChange> = {};
  for (const { environment, change } of waits) {
    const landed = perEnvironment.get(environment) ?? [];
    // A forge may leave the branch of what it merged.
    const isLanded = landed.some(
      ({ planHash }) => planHash === change.planHash,
    );
    if (!isLanded) {
      waiting[environment] = {
        ...change,
        ...(links && {
          url: links.compare(
            refs.branch,
            `dojo/${component.name}/${environment}`,
          ),
        }),
      };
    }
  }
  return {
    kind: 'infra',
    head: refs.head,
    ...(url !== undefined && { url }),
    wanted,
    overlayUrls,
    waiting,
    landings: all.filter(({ at }) => at >= kept),
  };
}

/**
 * @param landings of the environment, newest first; at least one.
 * @param page of the file that cannot be read.
 */
function wantedOf(
  overlay: ReadWanted | undefined,
  landings: readonly Landing[],
  component: LandingComponent,
  page: string | undefined,
): DeliveryWanted {
  const [newest, ...earlier] = landings;
  const { commit, at, by, mergedBy } = newest;
  if (overlay === undefined) {
    return { kind: 'nothing', removed: { commit, at, ...(by && { by }) } };
  }
  switch (overlay.kind) {
    case 'prepared':
      return { kind: 'nothing', prepared: true };
    case 'unreadable':
      return {
        ...overlay,
        commit,
        ...(by && { by }),
        ...(page !== undefined && { url: page }),
      };
    default: {
      const { base, tag, digest } = overlay;
      const version =
        newest.base === base && newest.version !== undefined
          ? newest.version
          : tag && versionOfTag(tag, component);
      return {
        kind: 'version',
        base,
        ...(version !== undefined && { version }),
        ...(digest !== undefined && { digest }),
        commit,
        at,
        ...(by && { by }),
        ...(mergedBy && { mergedBy }),
        change: changeOf(newest, { base, digest }, earlier),
      };
    }
  }
}

function changeOf(
  newest: Landing,
  now: { readonly base: string; readonly digest: string | undefined },
  earlier: readonly Landing[],
): 'first' | 'version' | 'rollback' | 'configuration' {
  const before = earlier.find(({ base }) => base !== undefined);
  if (before === undefined) return 'first';
  if (newest.rollback) return 'rollback';
  const isEqual = before.base === now.base && before.digest === now.digest;
  return isEqual ? 'configuration' : 'version';
}

function groupBy<T>(
  values: readonly T[],
  keyOf: (value: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
