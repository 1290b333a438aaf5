import type { DeliveryAction, DeliveryActionId } from '../delivery';

const templates: Record<DeliveryActionId, string> = {
  release: 'release',
  ship: 'ship',
  deploy: 'deploy',
  promote: 'deploy',
  'roll-back': 'deploy',
  migrate: 'migrate',
  restore: 'restore-backup',
  'rebuild-caches': 'rebuild-caches',
  reject: 'reject',
  merge: 'deploy',
  'set-up': 'environment-overlay',
};

/** A verb that is ready: `deliveryAction('roll-back', 'Roll back to 0.4.0…', { environment: 'staging' })`. */
export function deliveryAction(
  id: DeliveryActionId,
  sentence: string,
  changes: Partial<DeliveryAction> = {},
): DeliveryAction {
  const { environment, version, branch } = changes;
  return {
    id,
    label: { code: `action.${id}`, values: {}, sentence },
    to: {
      template: `template:default/${templates[id]}`,
      formData: {
        component: 'component:default/ledger',
        ...(environment && { environment }),
        ...(version && { version }),
        ...(branch && { branch }),
      },
    },
    state: 'ready',
    ...changes,
  };
}

/** One that a rule holds back. */
export function blockedAction(
  id: DeliveryActionId,
  sentence: string,
  reason: string,
  changes: Partial<DeliveryAction> = {},
): DeliveryAction {
  return deliveryAction(id, sentence, {
    state: { code: 'BLOCKED', sentence: reason },
    ...changes,
  });
}
