import { firstUnsettled, refusalsOf } from 'backstage-plugin-dojo-common';
import type {
  DeploymentMergeResult,
  DeploymentResult,
  DojoErrorKind,
  MigrationCheck,
  MigrationResult,
  ObjectHealth,
  Outcome,
} from 'backstage-plugin-dojo-common';

/** Exit codes of the command (docs/reference/cli.md); 130 and 143 are a shell's own for SIGINT and SIGTERM. */
export const exitCodes = {
  done: 0,
  unexpected: 1,
  input: 2,
  refused: 3,
  conflict: 4,
  unavailable: 5,
  waiting: 6,
} as const;

const byKind: Readonly<Record<DojoErrorKind, number>> = {
  input: exitCodes.input,
  'not-found': exitCodes.input,
  refused: exitCodes.refused,
  denied: exitCodes.refused,
  conflict: exitCodes.conflict,
  unavailable: exitCodes.unavailable,
};

/** The exit code of a failure of this kind. */
export function exitCodeOfKind(kind: DojoErrorKind): number {
  return byKind[kind];
}

/** The exit code of a run: of its first effect that did not come about, if any. */
export function exitCodeOfResult({
  effects,
}: {
  readonly effects: readonly Outcome[];
}): number {
  const open = firstUnsettled(effects);
  if (open === undefined) return exitCodes.done;
  return open.kind === 'waiting'
    ? exitCodes.waiting
    : exitCodeOfKind(open.error.kind);
}

/** The exit code of a migration: a plan that is only looked at has its errors in it, where a run has thrown the first. */
export function exitCodeOfMigration({
  plan,
  effects,
}: Pick<MigrationResult, 'plan' | 'effects'>): number {
  return refusalsOf(plan.shows.findings).length > 0
    ? exitCodes.refused
    : exitCodeOfResult({ effects });
}

/** The exit code of a deployment: a plan that is only looked at has its refusals in it, where a run has thrown the first. */
export function exitCodeOfDeployment({
  plan,
  effects,
}: Pick<DeploymentResult, 'plan' | 'effects'>): number {
  const { findings, frozen, blocks = [] } = plan.shows;
  const isRefused =
    plan.kind === 'deploy' &&
    (frozen !== undefined ||
      blocks.length > 0 ||
      findings.some(({ severity }) => severity === 'error'));
  return isRefused ? exitCodes.refused : exitCodeOfResult({ effects });
}

/** The exit code of a merge: one that is only looked at has its refusals in it, where a run has thrown the first. */
export function exitCodeOfMerge({
  blocks,
  findings,
  effects,
}: Pick<DeploymentMergeResult, 'blocks' | 'findings' | 'effects'>): number {
  const isRefused =
    blocks.length > 0 || findings.some(({ severity }) => severity === 'error');
  return isRefused ? exitCodes.refused : exitCodeOfResult({ effects });
}

/** Options of {@link exitCodeOfCheck}. */
export interface ExitCodeOfCheckOptions {
  /** Whether pending migrations are refused too; default false: they may run. */
  readonly current?: boolean;
}

/** The exit code of a check: of an error that it found, or, where everything has to be applied, of a pending migration. */
export function exitCodeOfCheck(
  { outcome }: Pick<MigrationCheck, 'outcome'>,
  { current = false }: ExitCodeOfCheckOptions = {},
): number {
  const isRefused = outcome === 'refused' || (current && outcome === 'pending');
  return isRefused ? exitCodes.refused : exitCodes.done;
}

/** The exit code of a look at objects: of one that has failed or cannot be judged, else of one that is on the way. */
export function exitCodeOfHealth(
  objects: readonly Pick<ObjectHealth, 'status'>[],
): number {
  const has = (...wanted: readonly ObjectHealth['status'][]) =>
    objects.some(({ status }) => wanted.includes(status));
  if (has('Failed', 'NotFound', 'Unknown')) return exitCodes.refused;
  return has('InProgress', 'Terminating') ? exitCodes.waiting : exitCodes.done;
}
