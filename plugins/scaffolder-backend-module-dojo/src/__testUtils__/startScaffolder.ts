import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { DojoService, dojoServiceRef } from 'backstage-plugin-dojo-node';
import request from 'supertest';
import scaffolderModuleDojo from '../index';
import { until } from './until';

/** A template's steps, as an example or a template file has them. */
export interface TemplateSteps {
  readonly steps: readonly { readonly id: string }[];
  /** What its own page shows at the end. */
  readonly output?: object;
}

/** How a task ended; `TOutput` is the output of its action. */
export interface FinishedTask<TOutput> {
  readonly id: string;
  readonly status: 'completed' | 'failed' | 'cancelled';
  /** The action's own lines, without level and colour. */
  readonly log: readonly string[];
  /** Output of the last step, where the task completed. */
  readonly output?: TOutput;
  /** What the page of the task shows, where the template says so. */
  readonly texts?: readonly { title: string; content: string }[];
  readonly links?: readonly { title: string }[];
}

/** The real scaffolder with our module, over a forge on this machine. */
export interface TestScaffolder<TOutput> {
  /** Starts the steps as a task of the user. @returns its id. */
  startTask(template: TemplateSteps, values?: object): Promise<string>;
  cancelTask(id: string): Promise<void>;
  /** Waits for the end of a task. */
  endOfTask(id: string): Promise<FinishedTask<TOutput>>;
  /** Runs the steps as a task of the user, to its end. */
  runTask(
    template: TemplateSteps,
    values?: object,
  ): Promise<FinishedTask<TOutput>>;
  /** The template editor's dry run. */
  dryRun(
    template: TemplateSteps,
    values?: object,
  ): Promise<{ log: readonly string[]; steps: readonly unknown[] }>;
  /** The service of the actions, as another plugin of the backend gets it. */
  readonly dojo: DojoService;
  stop(): Promise<void>;
}

/** Starts it with the component `ledger`, whose annotations are given. */
export async function startScaffolder<TOutput>(options: {
  readonly forgeRoot: string;
  readonly annotations: Record<string, string>;
  readonly environments?: readonly object[];
  /** More of `dojo:` in the configuration. */
  readonly config?: object;
}): Promise<TestScaffolder<TOutput>> {
  const template = entity('Template', 'under-test', {});
  let service: DojoService | undefined;
  const plans = createBackendPlugin({
    pluginId: 'plans',
    register(env) {
      env.registerInit({
        deps: { dojo: dojoServiceRef },
        async init({ dojo }) {
          service = dojo;
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      plans,
      scaffolderModuleDojo,
      catalogServiceMock.factory({
        entities: [
          template,
          entity('Component', 'ledger', options.annotations),
        ],
      }),
      mockServices.rootConfig.factory({
        data: {
          dojo: {
            localForge: { root: options.forgeRoot },
            allow: { repositories: [{ pattern: 'file:*' }] },
            ...(options.environments && {
              environments: [...options.environments],
            }),
            ...options.config,
          },
        },
      }),
    ],
  });
  const authorization = mockCredentials.user.header();
  const call = async (method: 'get' | 'post', path: string, body?: object) => {
    const { status, body: answer } = await request(backend.server)
      [method](`/api/scaffolder/v2${path}`)
      .set('Authorization', authorization)
      .send(body);
    if (status >= 300) throw new Error(`${status}: ${JSON.stringify(answer)}`);
    return answer;
  };

  const startTask = async (steps: TemplateSteps, values: object = {}) => {
    // The catalog's mock hands out this very entity, so that one backend runs many templates.
    Object.assign(template, { spec: specOf(steps) });
    const { id } = await call('post', '/tasks', {
      templateRef: 'template:default/under-test',
      values,
    });
    return id as string;
  };
  const endOfTask = async (id: string): Promise<FinishedTask<TOutput>> => {
    const status = await until('the task ended', async () => {
      const task = await call('get', `/tasks/${id}`);
      return ['completed', 'failed', 'cancelled'].includes(task.status)
        ? task.status
        : undefined;
    });
    const events: TaskEvent[] = await call('get', `/tasks/${id}/events`);
    const end = events.find(({ type }) => type === 'completion');
    return {
      id,
      status,
      log: linesOf(events.filter(({ type }) => type === 'log')),
      output: end?.body.output?.last as TOutput | undefined,
      ...(end?.body.output?.text && { texts: end.body.output.text }),
      ...(end?.body.output?.links && { links: end.body.output.links }),
    };
  };

  return {
    startTask,
    endOfTask,
    async cancelTask(id) {
      await call('post', `/tasks/${id}/cancel`);
    },
    async runTask(steps, values) {
      return endOfTask(await startTask(steps, values));
    },
    async dryRun(steps, values = {}) {
      const answer = await call('post', '/dry-run', {
        template: { ...template, spec: specOf(steps) },
        values,
        directoryContents: [],
      });
      return { ...answer, log: linesOf(answer.log) };
    },
    dojo: service!,
    stop: () => backend.stop(),
  };
}

interface TaskEvent {
  readonly type?: string;
  readonly body: {
    readonly message?: string;
    readonly output?: {
      readonly last?: unknown;
      readonly text?: FinishedTask<unknown>['texts'];
      readonly links?: FinishedTask<unknown>['links'];
    };
  };
}

function linesOf(events: readonly TaskEvent[]): string[] {
  return events.map(({ body }) =>
    String(body.message)
      // eslint-disable-next-line no-control-regex -- the scaffolder stores the colours of a terminal
      .replace(/\u001b\[\d+m/g, '')
      .replace(/^(?:info|warn|error): /, ''),
  );
}

function specOf({ steps, output }: TemplateSteps) {
  return {
    type: 'test',
    owner: 'user:default/mock',
    parameters: [],
    steps,
    output: { ...output, last: `\${{ steps.${steps.at(-1)?.id}.output }}` },
  };
}

function entity(
  kind: string,
  name: string,
  annotations: Record<string, string>,
) {
  return {
    apiVersion:
      kind === 'Template'
        ? 'scaffolder.backstage.io/v1beta3'
        : 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', annotations },
    spec: {},
  };
}
