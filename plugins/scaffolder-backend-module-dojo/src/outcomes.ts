import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  DeploymentFinding,
  DeploymentPlan,
  DeploymentResult,
  describeOutcome,
  dojoErrorSchema,
  firstUnsettled,
  MigrationFinding,
  MigrationPlan,
  Outcome,
  refusalsOf,
  ReleasePlan,
  sentenceOfFinding,
  shortOid,
} from 'backstage-plugin-dojo-common';
import { DojoRunOptions, fromDojoErrorJson } from 'backstage-plugin-dojo-node';

/** The options that show a run in the task log as it goes: its lines, and each outcome as soon as it is known. */
export function logOf(
  logger: LoggerService,
): Pick<DojoRunOptions, 'log' | 'onOutcome'> {
  return {
    log: line => logger.info(line),
    onOutcome: outcome => logger.info(describeOutcome(outcome)),
  };
}

/** What a dry run would do, one line per effect. */
export function logPlan(
  plan: ReleasePlan | MigrationPlan | DeploymentPlan,
  logger: LoggerService,
): void {
  logger.info(plan.shows.reason);
  if ('findings' in plan.shows) {
    for (const finding of plan.shows.findings) logFinding(finding, logger);
  }
  for (const warning of plan.shows.warnings) logger.warn(warning);
  for (const { key, text, already } of plan.shows.effects) {
    logger.info(`${already ? 'already-done' : 'planned'}: ${key}: ${text}`);
  }
}

/** How a rollout ended, as far as its own lines did not say it: each cause with what to do, and what a container said last. */
export function logRollout(
  { causes = [], health = [], rollback }: DeploymentResult,
  logger: LoggerService,
): void {
  for (const { object, sentence, hint, log = [] } of causes) {
    logger.error(`${object}: ${sentence}. ${hint}`);
    for (const line of log) logger.info(`  | ${line}`);
  }
  for (const { kind, name, status, message } of health) {
    logger.info(`${kind} ${name}: ${status}${message && `: ${message}`}`);
  }
  if (rollback) logger.warn(rollback.reason);
}

function logFinding(
  finding: MigrationFinding | DeploymentFinding,
  logger: LoggerService,
): void {
  const sentence = sentenceOfFinding(finding);
  if (finding.severity === 'note' || finding.severity === 'info') {
    logger.info(sentence);
  } else logger.warn(sentence);
}

/**
 * Makes a dry run fail whose plan nothing would run.
 *
 * @throws the first finding of severity `error`; the log has the others.
 */
export function ensureRuns({ shows }: MigrationPlan): void {
  const [error] = refusalsOf(shows.findings);
  if (error === undefined) return;
  throw fromDojoErrorJson({
    code: error.code,
    kind: 'refused',
    message: sentenceOfFinding(error),
    hint: error.hint,
  });
}

/**
 * The same of a deployment.
 *
 * @throws the first rule that blocks, else the first finding of severity `error`.
 */
export function ensureDeploys({ decides, shows }: DeploymentPlan): void {
  const [block] = shows.blocks ?? [];
  if (block !== undefined) {
    const { message, hint } = block;
    const { code } = dojoErrorSchema.pick({ code: true }).parse(block);
    throw fromDojoErrorJson({ code, kind: 'refused', message, hint });
  }
  const [error] = refusalsOf(shows.findings);
  if (error !== undefined) {
    throw fromDojoErrorJson({
      code: 'DEPLOY_LINT_REFUSED',
      kind: 'refused',
      message: `${sentenceOfFinding(error)} (${error.code})`,
      hint: error.hint,
    });
  }
  if (shows.frozen === undefined) return;
  const { window, until } = shows.frozen;
  throw fromDojoErrorJson({
    code: 'DEPLOY_FROZEN',
    kind: 'refused',
    message: `${decides.environment} is frozen until ${until} (${window})`,
    hint: 'Run it again then. A rollback is never held back.',
  });
}

/**
 * Makes a step fail whose rollout failed, with the way on that a form has.
 *
 * @throws the effect's own error, of which the message is the cause.
 */
export function ensureRolledOut({
  effects,
  causes = [],
  commit,
  rollback,
}: DeploymentResult): void {
  const open = firstUnsettled(effects);
  if (open?.kind !== 'failed') return;
  if (!/^DEPLOY_ROLLOUT_/.test(open.error.code)) return;
  const stays = `The overlay keeps it${
    commit === undefined ? '' : ` (commit ${shortOid(commit)})`
  }: roll back with the same form, or deploy a version that works.`;
  throw fromDojoErrorJson({
    ...open.error,
    hint: [causes[0]?.hint, rollback?.reason ?? stays]
      .filter(Boolean)
      .join(' '),
  });
}

/**
 * Makes a step fail whose effects did not all come about.
 *
 * @throws the failed effect's own error, or that an effect is not settled yet.
 */
export function ensureSettled(effects: readonly Outcome[]): void {
  const open = firstUnsettled(effects);
  if (open === undefined) return;
  if (open.kind === 'failed') throw fromDojoErrorJson(open.error);
  throw fromDojoErrorJson({
    code: 'EFFECT_WAITING',
    kind: 'unavailable',
    message: `${open.key} is not settled yet: ${open.detail}`,
    hint: 'Run it again later: what is done stays done.',
  });
}
