import type { DeliveryEnvironment } from 'backstage-plugin-dojo-common';
import type { ReleasedVersion } from '../facts';
import { migrationNumber, pendingOf } from '../state/database-of';
import type { DeliveryState } from '../state/delivery-state';
import type { ChainedLanding } from '../state/landing-chain';
import type { Versions } from '../state/versions';
import type { Block } from './action-ground';

/** A version that an environment can go back to, or could but for its database. */
export interface RollBackTarget {
  readonly version: string;
  readonly release?: ReleasedVersion;
  /** Why it cannot run there now. */
  readonly block?: Block;
}

const isUp = ({ kind }: { readonly kind: string }) =>
  kind === 'healthy' || kind === 'not-observed';

/**
 * The versions that came up in an environment before the present one, or that landed there where nobody observes it; the
 * one before it first. A rollback leads back to an earlier landing, so that what it left is no longer before anything.
 * Linear in landings.
 */
export function rollBackTargets(
  state: DeliveryState,
  environment: DeliveryEnvironment,
): RollBackTarget[] {
  const { chains, versions } = state;
  const { name, wanted } = environment;
  const chain = chains.get(name) ?? [];
  const present =
    wanted.kind === 'version'
      ? wanted.version
      : chain.findLast(({ version }) => version !== undefined)?.version;
  const cameUp = new Set(
    chain
      .filter(({ outcomes }) => outcomes.some(isUp))
      .map(({ version }) => version),
  );
  return earlier(chain)
    .filter(version => version !== present && cameUp.has(version))
    .map(version => {
      const release = versions.named(version);
      const block = cannotRun(release, state, environment);
      return {
        version,
        ...(release && { release }),
        ...(block && { block }),
      };
    });
}

/** Versions in the order in which a rollback comes to them. */
function earlier(chain: readonly ChainedLanding[]): string[] {
  const line: string[] = [];
  const held = new Map<string, number>();
  const drop = () => {
    const last = line.pop();
    if (last !== undefined) held.set(last, (held.get(last) ?? 1) - 1);
    return last;
  };
  for (const { version, change, landing } of chain) {
    if (version === undefined || landing.base === undefined) continue;
    if (change === 'rollback' && (held.get(version) ?? 0) > 0) {
      while (drop() !== version);
    }
    if (line.at(-1) === version) continue;
    line.push(version);
    held.set(version, (held.get(version) ?? 0) + 1);
  }
  return [...new Set(line.reverse())];
}

/** Whether the database of an environment has what a version reads, and still has it. */
export function cannotRun(
  release: ReleasedVersion | undefined,
  { facts, versions }: DeliveryState,
  { name, database }: DeliveryEnvironment,
): Block | undefined {
  if (release?.needs === undefined || database.kind !== 'level')
    return undefined;
  const { length } = pendingOf(release, database.at);
  // What a database has at least says nothing of what it lacks.
  if (length > 0 && database.provenBy === undefined) {
    return {
      code: 'MIGRATIONS_PENDING',
      sentence: `${release.version} needs ${length} more ${
        length === 1 ? 'migration' : 'migrations'
      } in ${name}.`,
    };
  }
  const needs = migrationNumber(release.needs);
  const level = migrationNumber(database.at);
  const taken = breakingIds(facts.databases[name]?.applied ?? [], versions)
    .filter(id => migrationNumber(id) > needs && migrationNumber(id) <= level)
    .sort((a, b) => migrationNumber(a) - migrationNumber(b));
  const [first] = taken;
  const last = taken.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const next = lowestThatKnows(last, versions);
  return {
    code: 'SCHEMA_BARS_VERSION',
    sentence: `${
      release.version
    } cannot run on this database: ${first} removed what it reads. Restore a backup from before it${
      next === undefined ? '' : `, or choose ${next} or later`
    }.`,
  };
}

function breakingIds(
  applied: readonly { readonly id: string; readonly breaking?: true }[],
  { all }: Versions,
): string[] {
  return [
    ...new Set([
      ...applied.filter(({ breaking }) => breaking).map(({ id }) => id),
      ...all.flatMap(({ breakingMigrations = [] }) => breakingMigrations),
    ]),
  ];
}

function lowestThatKnows(
  migration: string,
  { all }: Versions,
): string | undefined {
  return all.findLast(
    ({ needs }) =>
      needs !== undefined &&
      migrationNumber(needs) >= migrationNumber(migration),
  )?.version;
}
