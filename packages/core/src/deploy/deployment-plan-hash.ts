import { awaitedCommit } from 'backstage-plugin-dojo-common';
import type {
  DeployedVersion,
  DeploymentDecides,
} from 'backstage-plugin-dojo-common';
import { planHash } from '../plan/plan-hash';

/**
 * The identity of a deployment's plan. Of one on top of a release the commit that the release makes has no part in it: its
 * object id is not known before it is made, and which release makes it is in the plan.
 */
export function deploymentPlanHash(decides: DeploymentDecides): string {
  return planHash(
    decides.release === undefined || decides.version === undefined
      ? decides
      : withoutCommit(decides, decides.version),
  );
}

function withoutCommit(
  decides: DeploymentDecides,
  version: DeployedVersion,
): DeploymentDecides {
  const { edits } = decides;
  const { commit } = version;
  const zeros = awaitedCommit(commit);
  return {
    ...decides,
    version: { ...version, commit: zeros },
    edits: edits.map(edit => ({
      ...edit,
      splices: edit.splices.map(splice => ({
        ...splice,
        text: splice.text.replaceAll(commit, zeros),
      })),
    })),
  };
}
