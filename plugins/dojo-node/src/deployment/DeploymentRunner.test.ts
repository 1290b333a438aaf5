import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import {
  ChildRequest,
  childRequestSchema,
  deploymentRequestSchema,
} from 'backstage-plugin-dojo-common';
import { plannedDeployment } from 'backstage-plugin-dojo-common/testUtils';
import type { ClusterConfig } from '../cluster/ClusterConfig';
import { ChildSlots } from '../child/ChildSlots';
import { readDojoConfig } from '../config/readDojoConfig';
import { DeploymentRunner } from './DeploymentRunner';

const folder = mkdtempSync(join(tmpdir(), 'dojo-deployment-runner-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A command that answers with its own request, as the reason of a plan. */
function echo(): string {
  const file = join(folder, 'echo.cjs');
  writeFileSync(
    file,
    `let text = '';
process.stdin.on('data', chunk => { text += chunk; });
process.stdin.on('end', () => {
  const answer = ${JSON.stringify(plannedDeployment())};
  answer.plan.shows.reason = text;
  process.stdout.write(JSON.stringify(answer), () => process.disconnect());
});
`,
  );
  return file;
}

async function requestOf(
  places: { infra: string; base: string },
  data: object = {},
  cluster?: ClusterConfig,
): Promise<Extract<ChildRequest, { kind: 'deployment' }>> {
  const rootConfig = mockServices.rootConfig({
    data: {
      integrations: {
        github: [{ host: 'github.com', token: 'github-secret' }],
        gitlab: [{ host: 'gitlab.com', token: 'gitlab-secret' }],
      },
      backend: { workingDirectory: folder },
      dojo: { localForge: { root: join(folder, 'forge') }, ...data },
    },
  });
  const runner = new DeploymentRunner({
    config: readDojoConfig(rootConfig),
    integrations: ScmIntegrations.fromConfig(rootConfig),
    slots: new ChildSlots({ max: 1 }),
    command: echo(),
  });
  const { plan } = await runner.run(
    {
      component: 'component:default/ledger',
      initiator: 'user:default/eve',
      mode: 'plan',
      request: deploymentRequestSchema.parse({
        component: 'ledger',
        environment: 'dev',
        version: 'v1',
        ...places,
      }),
      policy: { freeze: ['Fri 16:00 - Mon 08:00 Europe/Rome'] },
      ...(cluster && { cluster }),
    },
    { signal: new AbortController().signal },
  );
  const request = childRequestSchema.parse(JSON.parse(plan.shows.reason));
  if (request.kind !== 'deployment') throw new Error(request.kind);
  return request;
}

const infra = 'https://gitlab.com/acme/infra.git';
const service = 'https://github.com/acme/ledger';

describe('DeploymentRunner', () => {
  it('gives a child the credentials of its two repositories, each with the one that it is for', async () => {
    const { access, requester, policy } = await requestOf({
      infra,
      base: `${service}//deploy/k8s/base`,
    });
    expect(access.authorizations).toEqual([
      { repository: infra, authorization: basic('oauth2:gitlab-secret') },
      {
        repository: service,
        authorization: basic('x-access-token:github-secret'),
      },
    ]);
    expect(requester).toBe('user:default/eve');
    expect(policy.freeze).toEqual(['Fri 16:00 - Mon 08:00 Europe/Rome']);
  });

  it('gives it the forge of the repository of overlays, and no other', async () => {
    const { access } = await requestOf({
      infra,
      base: `${service}//deploy/k8s/base`,
    });
    expect(access.forges).toEqual([
      {
        kind: 'gitlab',
        host: 'gitlab.com',
        apiBaseUrl: 'https://gitlab.com/api/v4',
        token: 'gitlab-secret',
      },
    ]);
    const local = await requestOf({
      infra: 'file:i.git',
      base: 'file:l.git//b',
    });
    expect(local.access.forges).toBeUndefined();
  });

  it('gives it none for a host that it may not reach', async () => {
    const { access } = await requestOf(
      { infra, base: `${service}//deploy/k8s/base` },
      { git: { allowedHosts: ['gitlab.com'] } },
    );
    expect(access.authorizations.map(each => each.repository)).toEqual([infra]);
    expect(access.allowedHosts).toEqual(['gitlab.com']);
  });

  it('gives it the folder of the forge, and what renders', async () => {
    const { access } = await requestOf(
      { infra: 'file:infra.git', base: 'file:ledger.git//deploy/k8s/base' },
      { kustomize: { command: 'kubectl' } },
    );
    expect(access).toMatchObject({
      authorizations: [],
      localRoot: join(folder, 'forge'),
      kustomize: 'kubectl',
      baseCache: join(folder, 'dojo-bases'),
      renderCache: join(folder, 'dojo-renders'),
    });
  });

  it('gives it the cluster, with what its files hold at that moment', async () => {
    const caFile = join(folder, 'ca.crt');
    const tokenFile = join(folder, 'token');
    const places = { infra: 'file:infra.git', base: 'file:ledger.git//base' };
    const name = 'own';
    const url = 'https://10.0.0.1:443';
    const asked = () => requestOf(places, {}, { name, url, caFile, tokenFile });

    const missing = await asked().catch(error => error);
    expect(missing).toMatchObject({
      code: 'CLUSTER_CREDENTIALS_UNREADABLE',
      message: `the cluster own cannot be reached: ${caFile} cannot be read`,
    });
    writeFileSync(caFile, 'PEM');
    for (const token of ['first', 'second']) {
      writeFileSync(tokenFile, `${token}\n`);
      const { access } = await asked();
      expect(access.cluster).toEqual({ name, url, caData: 'UEVN', token });
    }
    rmSync(caFile);
    rmSync(tokenFile);
  });

  it('leaves nothing behind', () => {
    expect(readdirSync(folder)).toEqual(['echo.cjs']);
  });
});

function basic(credentials: string): string {
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}
