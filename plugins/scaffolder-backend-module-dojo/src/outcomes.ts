import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Outcome, ReleasePlan } from 'backstage-plugin-dojo-common';
import { fromDojoErrorJson } from 'backstage-plugin-dojo-node';

/** What a dry run would do, one line per effect. */
export function logPlan(plan: ReleasePlan, logger: LoggerService): void {
  logger.info(plan.shows.reason);
  for (const warning of plan.shows.warnings) logger.warn(warning);
  for (const { key, text, already } of plan.shows.effects) {
    logger.info(`${already ? 'already-done' : 'planned'}: ${key}: ${text}`);
  }
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
