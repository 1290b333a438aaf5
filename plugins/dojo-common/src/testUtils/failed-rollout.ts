import type { DeploymentResult } from '../deployment/deployment-result';
import { objectId } from './object-id';
import { plannedApply } from './planned-apply';

/** A run of {@link plannedApply} whose commit landed, and whose only pod exits at once. */
export function failedRollout(
  fields: Partial<DeploymentResult> = {},
): DeploymentResult {
  return {
    ...plannedApply(),
    outcome: 'failed',
    commit: objectId('0c3f77b'),
    effects: [
      { kind: 'done', key: 'overlay ledger/dev on main' },
      {
        kind: 'failed',
        key: 'rollout in ledger-dev',
        error: {
          code: 'DEPLOY_ROLLOUT_FAILED',
          kind: 'unavailable',
          message:
            'the rollout of ledger v0.3.0 failed: Pod/x: it exits with 1',
          hint: 'of the terminal: --rollback-to previous',
        },
      },
    ],
    causes: [
      {
        code: 'CONTAINER_CRASHES',
        object: 'Pod/ledger-dev/ledger-1',
        sentence: 'it exits with 1',
        hint: 'Read its log.',
        log: ['no such table'],
      },
    ],
    health: [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'ledger',
        status: 'Failed',
        reason: 'x',
        message: '0 of 1 available',
      },
    ],
    ...fields,
  };
}
