import type { DeploymentDecides } from 'backstage-plugin-dojo-common';
import type { RequestForge } from '../deployment-state';
import { requestBranch } from '../overlay-place';
import type { PullRequest } from '../ports';
import type { DeploymentRun, DeploymentStep } from './deployment-run';
import { pullRequestKey } from './effect-keys';

/** Earlier requests between the branches that are looked at: the newest are what was merged last. */
const maxLooked = 20;

/** What a forge calls a request to merge. */
export function requestWord(kind: RequestForge['kind']): string {
  return kind === 'gitlab' ? 'merge request' : 'pull request';
}

/**
 * The one request on the forge from the branch of this component and environment: one that is open is brought up to date,
 * one that merged this very commit is done, and of those that were closed a new one is made.
 */
export function pullRequestStep(
  decides: DeploymentDecides,
  { kind }: RequestForge,
): DeploymentStep {
  const head = requestBranch(decides);
  const base = decides.branch;
  return {
    key: pullRequestKey(head),
    text: `Open a ${requestWord(
      kind,
    )} from ${head} to ${base}, or bring the open one up to date`,
    already: false,
    toEffect: run => ({
      async find(signal) {
        const { pulls, text, commit } = requestOf(run);
        const open = await pulls.findOpen({ head, base }, signal);
        if (open !== undefined) {
          if (!says(open, run)) return { kind: 'absent' };
          text.onRequest(open.url);
          return { kind: 'as-planned' };
        }
        const earlier = await pulls.list({ head, base }, maxLooked, signal);
        const merged = earlier.find(
          one => one.state === 'merged' && one.headCommit === commit(),
        );
        if (merged === undefined) return { kind: 'absent' };
        text.onRequest(merged.url);
        return { kind: 'as-planned' };
      },
      async create(signal) {
        const { pulls, text } = requestOf(run);
        const { title, body } = text;
        const open = await pulls.findOpen({ head, base }, signal);
        const made =
          open ?? (await pulls.create({ head, base, title, body }, signal));
        // Another run may have opened it, with other words.
        if (!says(made, run)) {
          await pulls.update(made.number, { title, body }, signal);
        }
      },
    }),
  };
}

function requestOf({ request }: DeploymentRun) {
  if (request === undefined) throw new Error('there is no forge');
  const { pulls, commit, ...text } = request;
  return { pulls, commit, text };
}

/** A person may add to a request: whose plan it is, is in its title and in a line of its body. */
function says({ title, body }: PullRequest, run: DeploymentRun): boolean {
  const wished = requestOf(run).text.title;
  return title === wished && body.includes(run.planHash);
}
