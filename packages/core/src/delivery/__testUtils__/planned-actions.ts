import type { DeliveryAction } from 'backstage-plugin-dojo-common';
import { ledgerReleases, level } from './ledger-world';
import {
  ago,
  healthy,
  landing,
  now,
  sampleCaller,
  sampleFacts,
  sampleRules,
} from './sample-facts';
import { planActions } from '../actions/plan-actions';
import type { ComponentFacts } from '../facts';
import type { DeliveryCaller, DeliveryRules } from '../rules';
import { readState } from '../state/delivery-state';

export function plan(
  facts: ComponentFacts,
  {
    rules = sampleRules(),
    caller = sampleCaller(),
  }: { rules?: DeliveryRules; caller?: DeliveryCaller } = {},
): DeliveryAction[] {
  return planActions(readState(facts, rules), rules, caller, now);
}

/** What an action says, and why it is held back. */
export function shown(
  actions: readonly DeliveryAction[],
  id: DeliveryAction['id'],
  environment?: string,
) {
  return actions
    .filter(each => each.id === id && each.environment === environment)
    .map(({ label, state }) => [
      label.sentence,
      state === 'ready' ? state : state.sentence,
    ]);
}

export const frozen = {
  until: '2026-11-30T07:00:00.000Z',
  sentence: 'Frozen until Mon 08:00 (Europe/Rome)',
};
/** Story 7: 0.4.0 is healthy in staging, production has 0.3.0. */
export const promotable = () =>
  sampleFacts({
    releases: ledgerReleases.slice(1),
    landings: [
      landing('staging', '0.4.0', {
        outcome: { kind: 'healthy', at: ago({ hours: 2 }) },
      }),
      landing('dev', '0.4.0', { at: ago({ hours: 3 }) }),
      landing('production', '0.3.0', { at: ago({ days: 9 }) }),
      landing('production', '0.2.0', { at: ago({ days: 30 }) }),
    ],
    clusters: { dev: healthy('0.4.0'), staging: healthy('0.4.0') },
    databases: { staging: level('0015_reconciliation') },
  });
