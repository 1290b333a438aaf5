import type {
  DeploymentResult,
  FileDiff,
  MigrationResult,
  PlannedEffect,
  ReleaseResult,
  ShipmentPlan,
} from 'backstage-plugin-dojo-common';

/** The names of the parts of a plan by which two plans are compared: equal name, equal part. */
export const partName = {
  commit: (sha: string) => `commit ${sha}`,
  effect: (text: string) => `effect ${text}`,
  line: (path: string, line: FileDiff['lines'][number]) =>
    `line ${path} ${line.kind} ${line.text}`,
  migration: (id: string) => `migration ${id}`,
  /** The last change of an overlay, by whoever made it. */
  overlay: (commit: string) => `overlay ${commit}`,
} as const;

/** What a reader of a release's plan has seen. */
export function partsOfRelease({ plan }: ReleaseResult): readonly string[] {
  const { commits, diffs, effects } = plan.shows;
  return [
    ...commits.flatMap(({ sha }) => (sha ? [partName.commit(sha)] : [])),
    ...ofEffects(effects),
    ...ofDiffs(diffs),
  ];
}

/** What a reader of a migration's plan has seen. */
export function partsOfMigration({ plan }: MigrationResult): readonly string[] {
  const { migrations, effects } = plan.shows;
  return [
    ...migrations.map(({ id }) => partName.migration(id)),
    ...ofEffects(effects),
  ];
}

/** What a reader of a deployment's plan has seen. */
export function partsOfDeployment({
  plan,
}: DeploymentResult): readonly string[] {
  const { lastChange, effects, diffs } = plan.shows;
  return [
    ...(lastChange ? [partName.overlay(lastChange.commit)] : []),
    ...ofEffects(effects),
    ...ofDiffs(diffs),
  ];
}

/** What a reader of the plans of a shipment has seen. */
export function partsOfShipment({
  release,
  migration,
  deployment,
}: ShipmentPlan): readonly string[] {
  return [
    ...partsOfRelease(release),
    ...(migration.kind === 'planned' ? partsOfMigration(migration.result) : []),
    ...(deployment.kind === 'planned'
      ? partsOfDeployment(deployment.result)
      : []),
  ];
}

function ofEffects(effects: readonly PlannedEffect[]): readonly string[] {
  return effects.map(({ text }) => partName.effect(text));
}

function ofDiffs(diffs: readonly FileDiff[]): readonly string[] {
  return diffs.flatMap(({ path, lines }) =>
    lines.map(line => partName.line(path, line)),
  );
}
