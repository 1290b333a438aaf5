import { shortOid } from '../short-oid';
import type { DeploymentResult } from './deployment-result';

/**
 * What a run deployed, or a dry run would deploy, in sentences of Markdown that name component, version and environment.
 *
 * @public
 */
export function summaryOfDeployment(result: DeploymentResult): string {
  const { outcome, plan, commit, requestBranch } = result;
  const { component, environment, intent, version } = plan.decides;
  const what = `${component} ${version.tag ?? shortOid(version.commit)}`;
  const at = commit ? `: commit \`${shortOid(commit)}\`` : '';
  const back = intent === 'rollback' ? ' back' : '';
  switch (outcome) {
    case 'deployed':
      return `${what} is${back} in the overlay of ${environment}${at}.`;
    case 'requested':
      return `Branch \`${requestBranch}\` asks for ${what} in ${environment}${at}. It waits for its merge.`;
    case 'already-deployed':
      return `${what} was brought to ${environment} by an earlier run${at}. Nothing was done.`;
    case 'nothing-to-deploy':
      return `Nothing to deploy: the overlay of ${environment} has ${what} already. Nothing was done.`;
    case 'failed':
      return `The deployment of ${what} to ${environment} did not land. Its overlay is as it was.`;
    default:
      return `Dry run: ${what} would go to ${environment}. Nothing was written.`;
  }
}
