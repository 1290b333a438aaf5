import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import type { ReleaseResult } from 'backstage-plugin-dojo-common';
import request from 'supertest';
import scaffolderModuleDojo from '../index';
import { until } from './until';

/** A template's steps, as an example or a template file has them. */
export interface TemplateSteps {
  readonly steps: readonly object[];
}

/** How a task ended. */
export interface FinishedTask {
  readonly id: string;
  readonly status: 'completed' | 'failed';
  /** The action's own lines, without level and colour. */
  readonly log: readonly string[];
  /** Output of the step `release`, where the task completed. */
  readonly output?: ReleaseResult;
}

/** The real scaffolder with our module, over a forge on this machine. */
export interface TestScaffolder {
  /** Runs the steps as a task of the user, to its end. */
  runTask(template: TemplateSteps, values?: object): Promise<FinishedTask>;
  /** The template editor's dry run. */
  dryRun(
    template: TemplateSteps,
    values?: object,
  ): Promise<{ log: readonly string[]; steps: readonly unknown[] }>;
  stop(): Promise<void>;
}

/** Starts it with the component `ledger`, whose annotations are given. */
export async function startScaffolder(options: {
  readonly forgeRoot: string;
  readonly annotations: Record<string, string>;
}): Promise<TestScaffolder> {
  const template = entity('Template', 'under-test', {});
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      scaffolderModuleDojo,
      catalogServiceMock.factory({
        entities: [
          template,
          entity('Component', 'ledger', options.annotations),
        ],
      }),
      mockServices.rootConfig.factory({
        data: { dojo: { localForge: { root: options.forgeRoot } } },
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

  return {
    async runTask(steps, values = {}) {
      // The catalog's mock hands out this very entity, so that one backend runs many templates.
      Object.assign(template, { spec: specOf(steps) });
      const { id } = await call('post', '/tasks', {
        templateRef: 'template:default/under-test',
        values,
      });
      const status = await until('the task ended', async () => {
        const task = await call('get', `/tasks/${id}`);
        return ['completed', 'failed'].includes(task.status)
          ? task.status
          : undefined;
      });
      const events: TaskEvent[] = await call('get', `/tasks/${id}/events`);
      const end = events.find(({ type }) => type === 'completion');
      return {
        id,
        status,
        log: linesOf(events.filter(({ type }) => type === 'log')),
        output: end?.body.output?.release,
      };
    },
    async dryRun(steps, values = {}) {
      const answer = await call('post', '/dry-run', {
        template: { ...template, spec: specOf(steps) },
        values,
        directoryContents: [],
      });
      return { ...answer, log: linesOf(answer.log) };
    },
    stop: () => backend.stop(),
  };
}

interface TaskEvent {
  readonly type?: string;
  readonly body: {
    readonly message?: string;
    readonly output?: { readonly release?: ReleaseResult };
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

function specOf({ steps }: TemplateSteps) {
  return {
    type: 'test',
    owner: 'user:default/mock',
    parameters: [],
    steps,
    output: { release: '${{ steps.release.output }}' },
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
