import type {
  DeliveryAction,
  DeliveryAttention,
} from 'backstage-plugin-dojo-common';
import type { DeliveryState } from '../state/delivery-state';

/** What attention is found in. */
export interface AttentionGround {
  readonly state: DeliveryState;
  /** What the caller can do, for the button beside it. */
  readonly actions: readonly DeliveryAction[];
  /** Whether the caller may read what a service logged. */
  readonly logs: boolean;
  readonly now: Date;
}

/** A sentence that is about something needs a time: where nobody knows it, it is now. */
export function sinceOf(
  instants: readonly (string | undefined)[],
  now: Date,
): string {
  return instants.find(instant => instant !== undefined) ?? now.toISOString();
}

/** The first of these verbs that the caller has there, ready before held back. */
export function actionOf(
  { actions }: AttentionGround,
  ids: readonly DeliveryAction['id'][],
  environment?: string,
): Pick<DeliveryAttention, 'action'> {
  const there = actions.filter(action => action.environment === environment);
  const has = (isReady: boolean) =>
    ids.find(wished =>
      there.some(
        ({ id, state }) => id === wished && (state === 'ready') === isReady,
      ),
    );
  const action = has(true) ?? has(false);
  return action === undefined ? {} : { action };
}
