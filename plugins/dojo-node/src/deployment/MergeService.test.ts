import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { DojoError } from 'backstage-plugin-dojo-common';
import {
  mergedDeployment,
  waitingDeployment,
} from 'backstage-plugin-dojo-common/testUtils';
import { askedAccess } from '../__testUtils__/askedAccess';
import { catalogOf } from '../__testUtils__/catalogOf';
import { Environments } from '../config/Environments';
import { MergeService } from './MergeService';

const credentials = mockCredentials.user('user:default/eve');
const { signal } = new AbortController();
const options = { credentials, signal };
const { planHash } = waitingDeployment();
const asked = { component: 'Ledger', environment: 'production' };

const allow = {
  repositories: [{ pattern: 'file:*' }],
  images: [],
  infra: [],
};

/** A service whose every way to the outside is a spy. */
function setup({
  denied = [],
  infra = 'file:infra.git',
}: { denied?: readonly string[]; infra?: string } = {}) {
  const spied = askedAccess(denied);
  const { catalog, getEntityByRef } = catalogOf('ledger');
  const runner = {
    merge: jest.fn(async ({ mode }: { mode: string }) =>
      mode === 'plan' ? waitingDeployment() : mergedDeployment(),
    ),
  };
  const service = new MergeService({
    access: spied.access,
    catalog,
    integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
    allow,
    environments: new Environments({
      allow,
      environments: [
        { name: 'staging' },
        {
          name: 'production',
          mode: 'pull-request',
          approval: true,
          promotesFrom: 'staging',
        },
      ],
    }),
    infra: { repository: infra, branch: 'live' },
    runner,
  });
  return { ...spied, service, getEntityByRef, runner };
}

const methods = [
  ['find', ['dojo.delivery.read'], 'plan'],
  ['merge', ['dojo.deployment.create', 'dojo.environment.change'], 'run'],
  ['close', ['dojo.deployment.create', 'dojo.environment.change'], 'run'],
] as const;

describe('MergeService', () => {
  describe.each(methods)('%s', (method, needed, mode) => {
    const request = method === 'find' ? asked : { ...asked, planHash };
    const call = ({ service }: ReturnType<typeof setup>) =>
      service[method]({ ...asked, planHash }, options);

    it.each(needed)('without %s reads nothing', async permission => {
      const world = setup({ denied: [permission] });
      await expect(call(world)).rejects.toMatchObject({
        name: 'NotAllowedError',
        dojo: { code: 'PERMISSION_DENIED', kind: 'denied' },
      });
      expect(world.getEntityByRef).not.toHaveBeenCalled();
      expect(world.runner.merge).not.toHaveBeenCalled();
    });

    it('asks for the component, and in a merge for the environment', async () => {
      const world = setup();
      await call(world);
      const refs = ['component:default/ledger', 'production'];
      expect(world.permissions.authorize).toHaveBeenCalledWith(
        needed.map((name, index) => ({
          permission: expect.objectContaining({ name }),
          resourceRef: refs[index],
        })),
        { credentials },
      );
    });

    it('takes the places from the configuration, with who asks', async () => {
      const world = setup();
      await world.service[method](request as never, options);
      expect(world.runner.merge).toHaveBeenCalledWith(
        {
          component: 'component:default/ledger',
          initiator: 'user:default/eve',
          mode,
          request: {
            component: 'ledger',
            environment: 'production',
            infra: 'file:infra.git',
            branch: 'live',
            ...(method !== 'find' && { planHash }),
          },
          ...(method === 'close' && { close: true }),
          base: 'file:ledger.git//deploy/k8s/base',
          policy: {
            mode: 'pull-request',
            approval: true,
            promotesFrom: 'staging',
            freeze: [],
          },
        },
        options,
      );
    });

    it('refuses what is no environment', async () => {
      const { service, permissions } = setup();
      for (const environment of ['../x', 'Production', '']) {
        await expect(
          service[method]({ ...asked, environment, planHash }, options),
        ).rejects.toMatchObject({ dojo: { code: 'INPUT_INVALID' } });
      }
      expect(permissions.authorize).not.toHaveBeenCalled();
    });
  });

  it('finds nothing where nothing waits, and on a forge with pages of its own', async () => {
    const { service, runner, auditor } = setup();
    runner.merge.mockRejectedValue(
      new DojoError({
        code: 'DEPLOY_REQUEST_UNKNOWN',
        kind: 'not-found',
        message: 'nothing waits',
        hint: 'Ask for it first.',
      }),
    );
    await expect(service.find(asked, options)).resolves.toBeUndefined();
    expect(auditor.createEvent).not.toHaveBeenCalled();

    const hosted = setup({ infra: 'https://github.com/acme/infra.git' });
    await expect(hosted.service.find(asked, options)).resolves.toBeUndefined();
    await expect(
      hosted.service.merge({ ...asked, planHash }, options),
    ).rejects.toMatchObject({ dojo: { code: 'DEPLOYMENT_MERGED_ELSEWHERE' } });
    expect(hosted.runner.merge).not.toHaveBeenCalled();
  });

  it('tells the auditor who merged what, and who asked for it', async () => {
    const { service, auditor, success } = setup();
    await service.merge({ ...asked, planHash }, options);
    expect(auditor.createEvent).toHaveBeenCalledWith({
      eventId: 'deployment-merge',
      severityLevel: 'medium',
      meta: { ...asked, planHash, initiator: 'user:default/eve' },
    });
    expect(success).toHaveBeenCalledWith({
      meta: {
        outcome: 'merged',
        version: 'v0.3.0',
        overlayPath: 'ledger/production',
        requestedBy: 'user:default/priya',
        commit: mergedDeployment().commit,
      },
    });
  });

  it('tells the auditor who was refused', async () => {
    const { service, success, fail } = setup({
      denied: ['dojo.environment.change'],
    });
    await service.merge({ ...asked, planHash }, options).catch(() => undefined);
    expect(fail).toHaveBeenCalledWith({
      error: expect.objectContaining({ name: 'NotAllowedError' }),
    });
    expect(success).not.toHaveBeenCalled();
  });
});
