import {
  AgentDelivery,
  agentDeliverySchema,
  agentEnvironmentsSchema,
  agentOperationSchema,
  Delivery,
  getDeliveryInputSchema,
  getOperationInputSchema,
} from 'backstage-plugin-dojo-common';
import { AgentActionOptions, readOnly } from './AgentActions';
import { withAgentErrors } from './agentErrors';
import { componentName } from './componentName';
import { fitDelivery } from './fitDelivery';

/** `list-environments`, `get-delivery` and `get-operation`. */
export function registerReadActions(options: AgentActionOptions): void {
  const { registry, dojo, deliveries, runs, clock } = options;

  registry.register({
    name: 'list-environments',
    title: 'List environments',
    description:
      'The environments that components are deployed to, in their order: from which one a version is promoted, how a change lands, whether somebody else merges it, and whether a freeze holds now.',
    attributes: readOnly,
    schema: {
      input: z => z.object({}).strict(),
      output: () => agentEnvironmentsSchema,
    },
    async action() {
      const now = clock.now();
      return {
        output: {
          environments: dojo.environments
            .list()
            .map(({ name, promotesFrom, mode, approval, cluster }) => {
              const freeze = dojo.environments.freezeOf(name, now);
              return {
                name,
                approval: approval ?? false,
                observed: cluster !== undefined,
                ...(promotesFrom !== undefined && { promotesFrom }),
                ...(mode !== undefined && { mode }),
                ...(freeze && { frozen: freeze }),
              };
            }),
        },
      };
    },
  });

  registry.register({
    name: 'get-delivery',
    title: 'Get the delivery of a component',
    description:
      'What is released, what waits for a release, what each environment wants, runs and needs, what needs somebody, and what can be done, with the reason where it cannot. Reads an index: no system is asked.',
    attributes: readOnly,
    schema: {
      input: () => getDeliveryInputSchema,
      output: () => agentDeliverySchema,
    },
    action: ({ input, credentials }) =>
      withAgentErrors(
        input,
        asked => `read the deliveries of ${componentName(asked)}`,
        async () => {
          const { component, history = 0, measures } = input;
          const call = { credentials };
          const [{ delivery }, entries, figures] = await Promise.all([
            deliveries.get({ component }, call),
            history > 0
              ? deliveries.history(
                  { component, query: { limit: history } },
                  call,
                )
              : undefined,
            measures
              ? deliveries.measures(
                  { component, query: { days: measures } },
                  call,
                )
              : undefined,
          ]);
          return {
            output: fitDelivery({
              delivery: forAgent(delivery),
              ...(entries && { history: entries.entries }),
              ...(figures && { measures: figures }),
            }),
          };
        },
      ),
  });

  registry.register({
    name: 'get-operation',
    title: 'Get an operation',
    description:
      'How a run stands that a start returned, with the new lines of its log. A deployment that waits for a merge says so, and says when it has landed. With waitMs it answers as soon as there is news.',
    attributes: readOnly,
    schema: {
      input: () => getOperationInputSchema,
      output: () => agentOperationSchema,
    },
    action: ({ input, credentials }) =>
      withAgentErrors(
        {},
        () => `see ${input.id}`,
        async () => ({ output: await runs.follow(input, { credentials }) }),
      ),
  });
}

/** Without what only a page needs: the lines to add to a file, log lines, and where a button leads. */
function forAgent(delivery: Delivery): AgentDelivery['delivery'] {
  if (delivery.kind === 'not-set-up') {
    const { yaml, ...rest } = delivery;
    return rest;
  }
  return {
    ...delivery,
    attention: delivery.attention.map(({ log, ...rest }) => rest),
    actions: delivery.actions.map(({ to, ...rest }) => rest),
  };
}
