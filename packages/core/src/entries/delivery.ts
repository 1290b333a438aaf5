/**
 * What is delivered where, as pure rules over what the sources said: the status of a component, its history, its
 * measures, and what can be done.
 *
 * @packageDocumentation
 */
export type * from '../delivery/facts';
export { runningSentence } from '../delivery/actions/blocks';
export { planActions } from '../delivery/actions/plan-actions';
export { assembleDelivery } from '../delivery/assemble-delivery';
export { deliveryRow } from '../delivery/delivery-row';
export type { DeliveryRowFacts } from '../delivery/delivery-row';
export { moveOf } from '../delivery/move/move-of';
export type { MoveQuestion } from '../delivery/move/move-of';
export { historyOf } from '../delivery/history/history-of';
export { measuresOf } from '../delivery/measures/measures-of';
export type { MeasuresQuestion } from '../delivery/measures/measures-of';
export type {
  DeliveryCaller,
  DeliveryRules,
  DeliveryVerb,
  RuleEnvironment,
  TemplateVerb,
} from '../delivery/rules';
export { readState } from '../delivery/state/delivery-state';
export type { DeliveryState } from '../delivery/state/delivery-state';
export { withRuns } from '../delivery/state/with-runs';
export { withUnfinished } from '../delivery/state/with-unfinished';
export { checkRef } from '../delivery/where/check-ref';
export { findRef } from '../delivery/where/find-ref';
export { levelName, personName } from '../delivery/words/clauses';
export { clockTime } from '../delivery/words/clock-time';
export { movedSentence, outdatedSentence } from '../delivery/words/sentences';
