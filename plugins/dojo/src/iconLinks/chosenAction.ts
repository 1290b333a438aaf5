import type {
  Delivery,
  DeliveryAction,
  DeliveryActionId,
} from 'backstage-plugin-dojo-common';

/** The verb that a link is for: the first that is ready, in the order of the environments, else the first of all. */
export function chosenAction(
  delivery: Delivery | undefined,
  ids: readonly DeliveryActionId[],
): DeliveryAction | undefined {
  if (delivery?.kind !== 'delivery') return undefined;
  const actions = delivery.actions.filter(({ id }) => ids.includes(id));
  return actions.find(({ state }) => state === 'ready') ?? actions[0];
}
