import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  agentDeploymentPlanSchema,
  agentMigrationPlanSchema,
  agentReleasePlanSchema,
  landsBy,
  planDeploymentInputSchema,
  planMigrationInputSchema,
  planReleaseInputSchema,
} from 'backstage-plugin-dojo-common';
import { AgentActionOptions, readOnly } from './AgentActions';
import { withAgentErrors } from './agentErrors';
import { componentName } from './componentName';
import { cutText, diffText } from './cutText';
import { formOf } from './formOf';

/** `plan-release`, `plan-migration` and `plan-deployment`: what would happen; writes nothing. */
export function registerPlanActions(options: AgentActionOptions): void {
  const { registry, dojo, runs, reviewUrl } = options;

  registry.register({
    name: 'plan-release',
    title: 'Plan a release',
    description:
      'What a release of the component would be: its version and why, what breaks, the notes, and each effect. Its planHash is what start-release needs.',
    attributes: readOnly,
    schema: {
      input: () => planReleaseInputSchema,
      output: () => agentReleasePlanSchema,
    },
    action: ({ input, credentials }) =>
      withAgentErrors(
        input,
        asked => `plan a release of ${componentName(asked)}`,
        async () => {
          const { component, ...choices } = input;
          const result = await dojo.releases.plan(
            { component, choices },
            planning(credentials),
          );
          await runs.shown({ verb: 'release', component, result });
          const { plan, planHash, outcome, version, previousVersion } = result;
          return {
            output: {
              planHash,
              outcome,
              sentence: plan.shows.reason,
              ...(version !== undefined && { version }),
              ...(previousVersion !== undefined && { previousVersion }),
              breaking: plan.shows.commits
                .filter(({ breaking }) => breaking)
                .map(({ subject }) => subject),
              notes: result.notes ?? '',
              effects: plan.shows.effects,
              warnings: plan.shows.warnings,
              reviewUrl: reviewUrl('release', input),
            },
          };
        },
      ),
  });

  registry.register({
    name: 'plan-migration',
    title: 'Plan a migration',
    description:
      'What a migration of the database of the component in an environment would do: from which level to which, the SQL of what is pending, and what speaks against it. With operation it plans a restore or a rebuild of the caches.',
    attributes: readOnly,
    schema: {
      input: () => planMigrationInputSchema,
      output: () => agentMigrationPlanSchema,
    },
    action: ({ input, credentials }) =>
      withAgentErrors(
        input,
        asked => `plan a migration of ${componentName(asked)}`,
        async () => {
          const { component, environment, ...choices } = input;
          const result = await dojo.migrations.plan(
            { component, environment, choices },
            planning(credentials),
          );
          await runs.shown({
            verb: 'migration',
            component,
            environment,
            result,
          });
          const { plan, planHash, outcome, from } = result;
          const { shows, decides } = plan;
          return {
            output: {
              planHash,
              outcome,
              sentence: shows.reason,
              ...(from !== undefined && { from }),
              ...(shows.to !== undefined && { to: shows.to }),
              pending: shows.migrations.map(({ id, sql, breaking }) => ({
                id,
                breaking,
                ...cutText(sql, 'sql'),
              })),
              findings: shows.findings,
              backups: shows.backups.map(({ id, at, head, bytes }) => ({
                id,
                at,
                bytes,
                ...(head !== undefined && { level: head }),
              })),
              loses: decides.operation === 'restore' ? [...shows.warnings] : [],
              effects: shows.effects,
              warnings: shows.warnings,
              reviewUrl: reviewUrl(formOf(input), input),
            },
          };
        },
      ),
  });

  registry.register({
    name: 'plan-deployment',
    title: 'Plan a deployment',
    description:
      'What bringing a version to an environment would change: the difference of its overlay, which rule holds it back, and whether it is applied, committed or waits for a merge. Give exactly one of version, promoteFrom and rollbackTo.',
    attributes: readOnly,
    schema: {
      input: () => planDeploymentInputSchema,
      output: () => agentDeploymentPlanSchema,
    },
    action: ({ input, credentials }) =>
      withAgentErrors(
        input,
        asked => `plan a deployment of ${componentName(asked)}`,
        async () => {
          const { component, environment, ...choices } = input;
          const result = await dojo.deployments.plan(
            { component, environment, choices },
            planning(credentials),
          );
          await runs.shown({
            verb: 'deployment',
            component,
            environment,
            result,
          });
          const { plan, planHash, outcome, version } = result;
          const { shows, decides } = plan;
          const [block] = shows.blocks ?? [];
          return {
            output: {
              planHash,
              outcome,
              sentence: shows.reason,
              ...(version !== undefined && { version }),
              ...cutText(diffText(shows.diffs), 'diff'),
              ...(block && {
                blocked: {
                  code: block.code,
                  sentence: block.message,
                  ...(block.until !== undefined && { until: block.until }),
                },
              }),
              landsBy: landsBy(decides.mode),
              effects: shows.effects,
              warnings: shows.warnings,
              reviewUrl: reviewUrl('deploy', deployForm(input)),
            },
          };
        },
      ),
  });
}

/** No call of an agent lasts longer than 20 s: clients give up at about a minute. */
const maxPlanMs = 20_000;

function planning(credentials: BackstageCredentials) {
  return { credentials, signal: AbortSignal.timeout(maxPlanMs) };
}

/** The form asks first what is to be done. */
function deployForm({
  version,
  promoteFrom,
  rollbackTo,
  ...rest
}: {
  readonly version?: string;
  readonly promoteFrom?: string;
  readonly rollbackTo?: string;
}) {
  if (promoteFrom !== undefined) {
    return { ...rest, intent: 'promote', promoteFrom };
  }
  if (rollbackTo !== undefined) {
    return { ...rest, intent: 'rollback', rollbackTo };
  }
  return { ...rest, intent: 'version', version };
}
