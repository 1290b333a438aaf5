import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  MigrationFinding,
  MigrationPlan,
  Outcome,
  ReleasePlan,
} from 'backstage-plugin-dojo-common';
import { fromDojoErrorJson } from 'backstage-plugin-dojo-node';

/** What a dry run would do, one line per effect. */
export function logPlan(
  plan: ReleasePlan | MigrationPlan,
  logger: LoggerService,
): void {
  logger.info(plan.shows.reason);
  if ('findings' in plan.shows) logFindings(plan.shows.findings, logger);
  for (const warning of plan.shows.warnings) logger.warn(warning);
  for (const { key, text, already } of plan.shows.effects) {
    logger.info(`${already ? 'already-done' : 'planned'}: ${key}: ${text}`);
  }
}

function logFindings(
  findings: readonly MigrationFinding[],
  logger: LoggerService,
): void {
  for (const finding of findings) {
    if (finding.severity === 'note') logger.info(withPlace(finding));
    else logger.warn(withPlace(finding));
  }
}

function withPlace({ file, line, message }: MigrationFinding): string {
  const place = [file, line].filter(part => part !== undefined).join(':');
  return place === '' ? message : `${place}: ${message}`;
}

/**
 * Makes a dry run fail whose plan nothing would run.
 *
 * @throws the first finding of severity `error`; the log has the others.
 */
export function ensureRuns({ shows }: MigrationPlan): void {
  const error = shows.findings.find(({ severity }) => severity === 'error');
  if (error === undefined) return;
  throw fromDojoErrorJson({
    code: error.code,
    kind: 'refused',
    message: withPlace(error),
    hint: error.hint,
  });
}

/**
 * Makes a step fail whose effects did not all come about.
 *
 * @throws the failed effect's own error, or that an effect is not settled yet.
 */
export function ensureSettled(effects: readonly Outcome[]): void {
  for (const effect of effects) {
    if (effect.kind === 'failed') throw fromDojoErrorJson(effect.error);
    if (effect.kind === 'waiting') {
      throw fromDojoErrorJson({
        code: 'EFFECT_WAITING',
        kind: 'unavailable',
        message: `${effect.key} is not settled yet: ${effect.detail}`,
        hint: 'Run it again later: what is done stays done.',
      });
    }
  }
}
