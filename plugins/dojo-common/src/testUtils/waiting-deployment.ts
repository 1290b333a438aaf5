import type { DeploymentMergeResult } from '../deployment/merge-request';
import { plannedDeployment } from './planned-deployment';

/** The dry run of the merge of a change of ledger in production, asked for by Priya, with fields changed as given. */
export function waitingDeployment(
  fields: Partial<DeploymentMergeResult> = {},
): DeploymentMergeResult {
  const { planHash, plan } = plannedDeployment();
  const { diffs, objects } = plan.shows;
  return {
    outcome: 'planned',
    component: 'ledger',
    environment: 'production',
    version: 'v0.3.0',
    overlayPath: 'ledger/production',
    requestBranch: 'dojo/ledger/production',
    requestedBy: 'user:default/priya',
    requestedAt: '2026-11-27T10:30:00.000Z',
    planHash,
    diffs,
    objects,
    findings: [],
    blocks: [],
    warnings: [],
    effects: [],
    ...fields,
  };
}
