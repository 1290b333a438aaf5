import type { Delivery } from 'backstage-plugin-dojo-common';
import { planActions } from './actions/plan-actions';
import { attentionOf } from './attention/attention-of';
import type { ComponentFacts } from './facts';
import { fitInto, maxDeliveryBytes } from './fit-into';
import type { DeliveryCaller, DeliveryRules } from './rules';
import { readState } from './state/delivery-state';

/**
 * The status of a component, as the page shows it: at most 64 KB of JSON. Pure and total. Times in its English sentences
 * are in UTC; the fields beside them hold the instants.
 */
export function assembleDelivery(
  facts: ComponentFacts,
  rules: DeliveryRules,
  caller: DeliveryCaller,
  at: { readonly now: Date; readonly generation: string },
): Extract<Delivery, { kind: 'delivery' }> {
  const { now, generation } = at;
  const state = readState(facts, rules);
  const { lines, latest, environments, running } = state;
  const actions = planActions(state, rules, caller, now);
  return fitInto(
    {
      kind: 'delivery',
      component: facts.component,
      title: facts.title,
      generation,
      now: now.toISOString(),
      access: {
        change: caller.change,
        logs: caller.logs,
        ...(facts.owner !== undefined && { owner: facts.owner }),
      },
      sources: [...facts.sources],
      lines: [...lines],
      latest,
      environments: [...environments],
      running: [...running],
      attention: attentionOf({ state, actions, logs: caller.logs, now }),
      actions,
    },
    maxDeliveryBytes,
  );
}
