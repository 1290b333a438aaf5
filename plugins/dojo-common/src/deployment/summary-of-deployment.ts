import { shortOid } from '../short-oid';
import type { DeploymentResult, DeploymentRollback } from './deployment-result';
import type { DeploymentFailureCause } from './failure-cause';
import type { ObjectHealth } from './object-health';

/**
 * What a run deployed, or a dry run would deploy, in sentences of Markdown that name component, version and environment; of
 * mode apply with the health of the objects, and why a rollout failed.
 *
 * @public
 */
export function summaryOfDeployment(result: DeploymentResult): string {
  const { health = [], causes = [], rollback, pullRequestUrl } = result;
  return [
    whatHappened(result),
    pullRequestUrl && `[Open the request](${encodeURI(pullRequestUrl)})`,
    causes.length > 0 && causes.map(lineOfCause).join('\n'),
    rollback && sentenceOfRollback(rollback),
    health.length > 0 && health.map(lineOfHealth).join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function whatHappened(result: DeploymentResult): string {
  const { outcome, plan, commit, requestBranch, health } = result;
  const { component, environment, intent, version, cluster } = plan.decides;
  if (version === undefined) return whatWasPrepared(result);
  const what = `${component} ${version.tag ?? shortOid(version.commit)}`;
  const at = commit ? `: commit \`${shortOid(commit)}\`` : '';
  const back = intent === 'rollback' ? ' back' : '';
  switch (outcome) {
    case 'deployed':
      return cluster
        ? `${what} runs${back} in ${environment} (${cluster.namespace} of ${cluster.name})${at}.`
        : `${what} is${back} in the overlay of ${environment}${at}.`;
    case 'requested':
      return `Branch \`${requestBranch}\` asks for ${what} in ${environment}${at}. It waits for its merge.`;
    case 'waiting':
      return `${what} is${back} in the overlay of ${environment}${at}, and has not come up yet.`;
    case 'already-deployed':
      return `${what} was brought to ${environment} by an earlier run${at}. Nothing was done.`;
    case 'nothing-to-deploy':
      return cluster
        ? `Nothing to deploy: ${what} runs in ${environment} as its overlay says. Nothing was done.`
        : `Nothing to deploy: the overlay of ${environment} has ${what} already. Nothing was done.`;
    case 'failed':
      if (cluster && commit !== undefined) {
        return `${what} is in the overlay of ${environment}${at}, and does not run there.`;
      }
      if (cluster && health) {
        return `${what} does not run in ${environment} as its overlay says.`;
      }
      return `The deployment of ${what} to ${environment} did not land. Its overlay is as it was.`;
    default:
      return `Dry run: ${what} would go to ${environment}. Nothing was written.`;
  }
}

/** Of an overlay without a version: nothing runs by it. */
function whatWasPrepared({
  outcome,
  plan,
  commit,
  requestBranch,
}: DeploymentResult): string {
  const { component, environment } = plan.decides;
  const at = commit ? `: commit \`${shortOid(commit)}\`` : '';
  const what = `${environment} for ${component}`;
  switch (outcome) {
    case 'deployed':
      return `Prepared ${what}${at}. Nothing runs there yet.`;
    case 'requested':
      return `Branch \`${requestBranch}\` asks to prepare ${what}${at}. It waits for its merge.`;
    case 'already-deployed':
      return `An earlier run prepared ${what}${at}. Nothing was done.`;
    case 'nothing-to-deploy':
      return `${literal(plan.shows.reason)}. Nothing was done.`;
    case 'failed':
      return `${component} was not prepared in ${environment}. Its overlay is as it was.`;
    default:
      return `Dry run: it would prepare ${what}. Nothing was written.`;
  }
}

function lineOfCause({ object, sentence, hint }: DeploymentFailureCause) {
  return `- ${literal(object)}: ${literal(sentence)}. ${literal(hint)}.`;
}

function lineOfHealth({ kind, name, status, message }: ObjectHealth): string {
  const said = message === '' ? '' : `: ${literal(message)}`;
  return `- ${literal(kind)} ${literal(name)}: **${status}**${said}`;
}

function sentenceOfRollback({
  outcome,
  version,
  commit,
  reason,
}: DeploymentRollback): string {
  const what = version === undefined ? '' : ` to ${literal(version)}`;
  const at = commit ? `: commit \`${shortOid(commit)}\`` : '';
  switch (outcome) {
    case 'deployed':
      return `It was rolled back${what}${at}.`;
    case 'failed':
      return `The roll back${what} failed as well${at}: ${literal(reason)}`;
    default:
      return `It was not rolled back: ${literal(reason)}`;
  }
}

/** Text of others as Markdown that shows it and does nothing else. */
function literal(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\\`*_[\]<>&|~#!]/g, character => `\\${character}`)
    .replace(/[.\s]+$/, '');
}
