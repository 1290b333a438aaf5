import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { createFetchTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { mockServices } from '@backstage/backend-test-utils';

const template = join(
  __dirname,
  '../../../../templates/dojo-service/template.yaml',
);

/** What the template `dojo-service` hands to its skeletons. */
export interface ServiceValues {
  readonly name: string;
  readonly package: string;
  readonly prefix: string;
  readonly title: string;
  readonly description: string;
  readonly owner: string;
  readonly system: string;
  readonly repository: string;
  readonly image: string;
  readonly frontend: 'none' | 'vue';
  readonly forge: 'local' | 'github' | 'gitlab';
  readonly dojo: string;
}

/** Values of a service in the local forge, or with a `github` of another name in that organisation. */
export function serviceValues(
  name: string,
  more: Partial<ServiceValues> = {},
): ServiceValues {
  const module = name.replaceAll('-', '_');
  return {
    name,
    package: module,
    prefix: module.toUpperCase(),
    title: name,
    description: 'Accounts and transactions',
    owner: 'group:default/accounting',
    system: '',
    repository: `file:${name}.git`,
    image: `oci:images/${name}`,
    frontend: 'none',
    forge: 'local',
    dojo: 'dojo-portal-cli@0.1.0',
    ...more,
  };
}

/** Lays the skeletons of the template `dojo-service` into the folder, by Backstage's own step. */
export async function renderService(
  folder: string,
  values: ServiceValues,
): Promise<void> {
  const action = createFetchTemplateAction({
    reader: mockServices.urlReader.mock(),
    integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
  });
  mkdirSync(folder, { recursive: true });
  const skeletons =
    values.frontend === 'vue' ? ['skeleton', 'frontend'] : ['skeleton'];
  for (const skeleton of skeletons) {
    const fetched = mkdtempSync(join(tmpdir(), 'dojo-skeleton-'));
    await action.handler({
      ...createMockActionContext({
        input: { url: `./${skeleton}`, values: { ...values }, replace: true },
        workspacePath: folder,
        templateInfo: {
          entityRef: 'template:default/dojo-service',
          baseUrl: pathToFileURL(template).href,
        },
      }),
      createTemporaryDirectory: async () => fetched,
    });
    rmSync(fetched, { recursive: true });
  }
}
