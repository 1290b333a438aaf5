import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  DeploymentFinding,
  DeploymentPlan,
  describeOutcome,
  firstUnsettled,
  MigrationFinding,
  MigrationPlan,
  Outcome,
  refusalsOf,
  ReleasePlan,
  sentenceOfFinding,
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
 * @throws the first finding of severity `error`, or the freeze window.
 */
export function ensureDeploys({ decides, shows }: DeploymentPlan): void {
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
