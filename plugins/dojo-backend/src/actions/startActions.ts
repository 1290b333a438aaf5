import {
  startDeploymentInputSchema,
  startedRunSchema,
  startMigrationInputSchema,
  startReleaseInputSchema,
} from 'backstage-plugin-dojo-common';
import { AgentActionOptions, starts } from './AgentActions';
import { withAgentErrors } from './agentErrors';
import { componentName } from './componentName';

const follow =
  'Answers at once with the id of the run; get-operation follows it. The same start twice is one run.';

/** `start-release`, `start-migration` and `start-deployment`: the template that the page starts. */
export function registerStartActions(options: AgentActionOptions): void {
  const { registry, runs } = options;

  registry.register({
    name: 'start-release',
    title: 'Start a release',
    description: `Releases the component as plan-release planned it: changelog, tag, image tags and forge release. Needs the planHash of that plan; where anything changed since, nothing is done. ${follow}`,
    attributes: starts,
    schema: {
      input: () => startReleaseInputSchema,
      output: () => startedRunSchema,
    },
    action: ({ input, credentials }) =>
      withAgentErrors(
        input,
        asked => `release ${componentName(asked)}`,
        async () => ({
          output: await runs.start(
            { verb: 'release', ...input },
            { credentials },
          ),
        }),
      ),
  });

  registry.register({
    name: 'start-migration',
    title: 'Start a migration',
    description: `Migrates, restores or rebuilds the caches of the database as plan-migration planned it. Needs the planHash of that plan. ${follow}`,
    attributes: starts,
    schema: {
      input: () => startMigrationInputSchema,
      output: () => startedRunSchema,
    },
    action: ({ input, credentials }) =>
      withAgentErrors(
        input,
        asked => `migrate ${componentName(asked)}`,
        async () => ({
          output: await runs.start(
            { verb: 'migration', ...input },
            { credentials },
          ),
        }),
      ),
  });

  registry.register({
    name: 'start-deployment',
    title: 'Start a deployment',
    description: `Brings a version to an environment, promotes it or rolls back, as plan-deployment planned it. Needs the planHash of that plan. Where somebody else has to merge the change, the run ends as waiting. ${follow}`,
    attributes: starts,
    schema: {
      input: () => startDeploymentInputSchema,
      output: () => startedRunSchema,
    },
    action: ({ input, credentials }) =>
      withAgentErrors(
        input,
        asked => `deploy ${componentName(asked)}`,
        async () => ({
          output: await runs.start(
            { verb: 'deployment', ...input },
            { credentials },
          ),
        }),
      ),
  });
}
