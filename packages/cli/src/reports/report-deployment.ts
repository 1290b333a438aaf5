import { shortOid } from 'backstage-plugin-dojo-common';
import type {
  DeployedVersion,
  DeploymentResult,
} from 'backstage-plugin-dojo-common';
import { describeObjectDiffs } from 'dojo-portal-core/deploy';
import { fileDiffLines } from './file-diff-lines';
import { reportDeploymentFindings } from './report-deployment-findings';
import { reportOutcome } from './report-outcome';
import { reportSections } from './report-sections';

const order = { error: 0, warning: 1, info: 2 } as const;

/** A run or a dry run of a deployment as a person reads it at a terminal. */
export function reportDeployment(result: DeploymentResult): string {
  const { shows } = result.plan;
  const isPlanned = result.outcome === 'planned';
  return reportSections([
    [headline(result), shows.reason],
    (shows.blocks ?? []).map(
      ({ code, message }) => `refused: ${message} (${code})`,
    ),
    reportDeploymentFindings(
      [...shows.findings].sort((a, b) => order[a.severity] - order[b.severity]),
    ),
    shows.warnings.map(warning => `warning: ${warning}`),
    isPlanned ? shows.diffs.flatMap(fileDiffLines) : [],
    isPlanned && shows.objects.length > 0
      ? [describeObjectDiffs(shows.objects)]
      : [],
    isPlanned ? shows.effects.map(({ text }) => `will happen: ${text}`) : [],
    result.effects.map(reportOutcome),
    result.outcome === 'failed' ? causesOf(result) : [],
    result.rollback ? [`rollback: ${result.rollback.reason}`] : [],
    isPlanned ? [`plan ${result.planHash}`] : [],
  ]);
}

function headline(result: DeploymentResult): string {
  const { outcome, commit, requestBranch, pullRequestUrl, plan } = result;
  const { component, environment, version } = plan.decides;
  const { from } = plan.shows;
  const held = from && from.commit !== version?.commit ? [nameOf(from)] : [];
  const wished = version ? [nameOf(version)] : [];
  // Of an overlay that is only prepared there may be neither.
  const move = `${component} in ${environment}: ${
    [...held, ...wished].join(' → ') || 'no version yet'
  }`;
  const at = commit ? ` (infra commit ${shortOid(commit)})` : '';
  switch (outcome) {
    case 'deployed':
      return plan.decides.mode === 'apply'
        ? `Deployed ${move}${at}`
        : `Landed ${move}${at}`;
    case 'requested':
      return `Asked for by ${
        pullRequestUrl ?? requestBranch
      }, waits for its merge: ${move}${at}`;
    case 'waiting':
      return `Landed, and not up yet: ${move}${at}`;
    case 'already-deployed':
      return `Landed by an earlier run: ${move}${at}`;
    case 'nothing-to-deploy':
      return `Nothing to deploy: ${move}`;
    case 'planned':
      return `Planned, nothing written: ${move}`;
    default:
      return commit && (plan.decides.mode === 'apply' || plan.decides.sync)
        ? `Landed, and not healthy: ${move}${at}`
        : `Not landed: ${move}`;
  }
}

/** Each cause with what to do, and the last lines of the container. */
function causesOf({ causes = [] }: DeploymentResult): string[] {
  return causes.flatMap(({ code, object, sentence, hint, log = [] }) => [
    `${object}: ${sentence} (${code})`,
    `  ${hint}`,
    ...log.map(line => `  | ${line}`),
  ]);
}

function nameOf({ tag, commit }: DeployedVersion): string {
  return tag ?? shortOid(commit);
}
