import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import {
  type DeploymentChoicesInput,
  DojoError,
} from 'backstage-plugin-dojo-common';
import { executedDeployment } from 'backstage-plugin-dojo-common/testUtils';
import { askedAccess } from '../__testUtils__/askedAccess';
import { catalogOf } from '../__testUtils__/catalogOf';
import { Environments } from '../config/Environments';
import type { EnvironmentConfig, InfraConfig } from '../config/readDojoConfig';
import { DeploymentService } from './DeploymentService';

const credentials = mockCredentials.user('user:default/eve');
const { signal } = new AbortController();
const options = { credentials, signal };

const allow = {
  repositories: [{ pattern: 'file:*' }],
  images: [{ pattern: 'ghcr.io/acme/*' }],
  infra: [{ pattern: 'file:own-infra' }],
};

/** A service whose every way to the outside is a spy. */
function setup({
  denied = [],
  annotations,
  entity = 'ledger',
  infra = { repository: 'file:infra.git', branch: 'live' },
  more = [],
}: {
  denied?: readonly string[];
  annotations?: Record<string, string>;
  entity?: string;
  infra?: InfraConfig | 'none';
  more?: readonly EnvironmentConfig[];
} = {}) {
  const asked = askedAccess(denied);
  const { catalog, getEntityByRef } = catalogOf(entity, annotations);
  const runner = { run: jest.fn(async () => executedDeployment()) };
  const service = new DeploymentService({
    access: asked.access,
    catalog,
    integrations: ScmIntegrations.fromConfig(mockServices.rootConfig()),
    allow,
    environments: new Environments({
      allow,
      environments: [
        { name: 'dev' },
        {
          name: 'production',
          promotesFrom: 'dev',
          promotedOnly: false,
          mode: 'pull-request',
          approval: true,
          namespace: '{component}-live',
          freeze: ['Fri 16:00 - Mon 08:00 Europe/Rome'],
        },
        ...more,
      ],
    }),
    ...(infra !== 'none' && { infra }),
    runner,
  });
  return { ...asked, service, getEntityByRef, runner };
}

const ask = (
  choices: DeploymentChoicesInput = { version: 'v0.3.0' },
  environment = 'dev',
) => ({ component: 'Ledger', environment, choices });

const both = ['dojo.deployment.create', 'dojo.environment.change'];
const calls = [
  ['plan', ['dojo.delivery.read'], 'deployment-plan', 'low', 'plan'],
  ['deploy', both, 'deployment', 'medium', 'run'],
] as const;

describe('DeploymentService', () => {
  describe.each(calls)('%s', (method, needed, eventId, severityLevel, mode) => {
    it.each(needed)('without %s reads nothing', async permission => {
      const { service, getEntityByRef, runner } = setup({
        denied: [permission],
      });
      await expect(service[method](ask(), options)).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining(
          `the permission ${permission} is not granted`,
        ),
        dojo: { code: 'PERMISSION_DENIED', kind: 'denied' },
      });
      expect(getEntityByRef).not.toHaveBeenCalled();
      expect(runner.run).not.toHaveBeenCalled();
    });

    it('tells nobody which environments there are who may not', async () => {
      const { service } = setup({ denied: [needed[0]] });
      const error = await service[method](ask(undefined, 'qa'), options).catch(
        thrown => thrown,
      );
      expect(error.dojo.code).toBe('PERMISSION_DENIED');
      expect(error.message).not.toContain('production');
    });

    it('asks for the component, and in a run for the environment', async () => {
      const { service, permissions } = setup();
      await service[method](ask(), options);
      const refs = ['component:default/ledger', 'dev'];
      expect(permissions.authorize).toHaveBeenCalledTimes(1);
      expect(permissions.authorize).toHaveBeenCalledWith(
        needed.map((name, index) => ({
          permission: expect.objectContaining({ name }),
          resourceRef: refs[index],
        })),
        { credentials },
      );
    });

    it('tells the auditor who was refused what', async () => {
      const { service, auditor, success, fail } = setup({
        denied: [needed[0]],
      });
      await service[method](ask(), options).catch(() => undefined);
      expect(auditor.createEvent).toHaveBeenCalledWith({
        eventId,
        severityLevel,
        meta: {
          component: 'Ledger',
          environment: 'dev',
          version: 'v0.3.0',
          initiator: 'user:default/eve',
        },
      });
      expect(fail).toHaveBeenCalledWith({
        error: expect.objectContaining({ name: 'NotAllowedError' }),
      });
      expect(success).not.toHaveBeenCalled();
    });

    it('tells the auditor how it ended', async () => {
      const { service, success } = setup();
      const { outcome, version, overlayPath, commit, planHash } = await service[
        method
      ](ask(), options);
      expect(success).toHaveBeenCalledWith({
        meta: { outcome, version, overlayPath, commit, planHash },
      });
    });

    it('takes the places from configuration and annotations', async () => {
      const { service, runner } = setup({
        annotations: {
          'dojo/repository': 'file:ledger.git',
          'dojo/image': 'ghcr.io/acme/ledger',
        },
      });
      await service[method](
        ask({ version: 'v0.3.0', host: 'a.test' }),
        options,
      );
      expect(runner.run).toHaveBeenCalledWith(
        {
          component: 'component:default/ledger',
          initiator: 'user:default/eve',
          mode,
          request: {
            component: 'ledger',
            environment: 'dev',
            infra: 'file:infra.git',
            branch: 'live',
            base: 'file:ledger.git//deploy/k8s/base',
            image: 'ghcr.io/acme/ledger',
            version: 'v0.3.0',
            host: 'a.test',
          },
          policy: { freeze: [] },
        },
        options,
      );
    });

    it.each<[string, object]>([
      ['infra', { version: 'v1', infra: 'https://evil.test/x' }],
      ['image', { version: 'v1', image: 'evil.test/x' }],
      ['base', { version: 'v1', base: 'https://evil.test/x//y' }],
    ])('takes no %s from the choices', async (name, choices) => {
      const { service, permissions } = setup();
      await expect(
        service[method](ask(choices), options),
      ).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(`'${name}'`),
      });
      expect(permissions.authorize).not.toHaveBeenCalled();
    });

    it.each<[object, RegExp]>([
      [{}, /exactly one of version, promoteFrom, rollbackTo/],
      [{ version: 'v1', rollbackTo: 'v0' }, /exactly one of/],
      [{ promoteFrom: 'dev' }, /promoteFrom: must be another environment/],
      [{ version: '--upload-pack=x' }, /version: must be the name of a tag/],
    ])('refuses the choices %j', async (choices, problem) => {
      const { service, permissions } = setup();
      await expect(service[method](ask(choices), options)).rejects.toThrow(
        problem,
      );
      expect(permissions.authorize).not.toHaveBeenCalled();
    });
  });

  it("gives the child the environment's rules, and the reviewed plan", async () => {
    const { service, runner } = setup();
    const planHash = 'a'.repeat(64);
    await service.deploy(
      { ...ask({ promoteFrom: 'dev' }, 'production'), planHash },
      options,
    );
    expect(runner.run).toHaveBeenCalledWith(
      expect.objectContaining({
        planHash,
        policy: {
          namespace: '{component}-live',
          mode: 'pull-request',
          approval: true,
          promotesFrom: 'dev',
          promotedOnly: false,
          freeze: ['Fri 16:00 - Mon 08:00 Europe/Rome'],
        },
      }),
      options,
    );
  });

  it("gives the child the environment's cluster, and that of a promotion's source", async () => {
    const cluster = (name: string) => ({
      name,
      url: `https://${name}.acme.test`,
      token: 'secret',
    });
    const sync = {
      kind: 'argo',
      name: 'ledger-core',
      namespace: 'argocd',
    } as const;
    const { service, runner } = setup({
      more: [
        {
          name: 'edge',
          cluster: cluster('one'),
          namespace: '{component}-x',
          mode: 'apply',
        },
        { name: 'core', cluster: cluster('two'), sync },
      ],
    });
    await service.deploy(ask({ promoteFrom: 'edge' }, 'core'), options);
    await service.deploy(ask({ promoteFrom: 'dev' }, 'edge'), options);
    expect(runner.run).toHaveBeenCalledWith(
      expect.objectContaining({
        cluster: cluster('two'),
        policy: { freeze: [], sync },
        source: {
          environment: 'edge',
          cluster: cluster('one'),
          namespace: '{component}-x',
        },
      }),
      options,
    );
    expect(runner.run).toHaveBeenLastCalledWith(
      expect.objectContaining({
        cluster: cluster('one'),
        policy: { namespace: '{component}-x', mode: 'apply', freeze: [] },
      }),
      options,
    );
    expect(runner.run).toHaveBeenLastCalledWith(
      expect.not.objectContaining({ source: expect.anything() }),
      options,
    );
  });

  it('takes the place of overlays from the annotation, without the branch of another', async () => {
    const { service, runner } = setup({
      annotations: {
        'dojo/repository': 'file:ledger.git',
        'dojo/infra': 'file:own-infra.git',
        'dojo/base-path': 'k8s',
      },
    });
    await service.plan(ask(), options);
    expect(runner.run).toHaveBeenCalledWith(
      expect.objectContaining({
        request: {
          component: 'ledger',
          environment: 'dev',
          infra: 'file:own-infra.git',
          base: 'file:ledger.git//k8s',
          version: 'v0.3.0',
        },
      }),
      options,
    );
  });

  it('says which environments there are to who may', async () => {
    const { service } = setup();
    for (const request of [ask(undefined, 'qa'), ask({ promoteFrom: 'qa' })]) {
      await expect(service.plan(request, options)).rejects.toMatchObject({
        message: expect.stringContaining(
          'there is no environment "qa" (there is: dev, production)',
        ),
        dojo: { code: 'ENVIRONMENT_NOT_FOUND' },
      });
    }
  });

  it('says what to configure where there is no repository of overlays', async () => {
    const { service } = setup({ infra: 'none' });
    await expect(service.plan(ask(), options)).rejects.toMatchObject({
      dojo: { code: 'INFRA_MISSING', kind: 'refused' },
    });
  });

  it('shares no overlay between components of two namespaces', async () => {
    const { service, getEntityByRef } = setup();
    await expect(
      service.plan({ ...ask(), component: 'component:other/ledger' }, options),
    ).rejects.toMatchObject({ dojo: { code: 'DEPLOYMENT_NAMESPACE_OTHER' } });
    expect(getEntityByRef).not.toHaveBeenCalled();
  });

  it('refuses a name that no object of a cluster could have', async () => {
    const { service } = setup({ entity: 'ledger_api' });
    await expect(
      service.plan({ ...ask(), component: 'ledger_api' }, options),
    ).rejects.toMatchObject({ dojo: { code: 'DEPLOYMENT_NAME_UNFIT' } });
  });

  describe('when the plan is not the reviewed one', () => {
    const reviewed = {
      ...ask(),
      planHash: '1'.repeat(64),
      reviewedAt: 'a'.repeat(40),
    };
    const setupChanged = (commit: string) => {
      const world = setup();
      const now = executedDeployment();
      now.plan.shows.lastChange = { commit, by: 'guest' };
      world.runner.run.mockResolvedValue(now).mockRejectedValueOnce(
        new DojoError({
          code: 'PLAN_CHANGED',
          kind: 'conflict',
          message: 'it is another one',
        }),
      );
      return world;
    };

    it('names the commit that changed the overlay, and who made it', async () => {
      const { service, runner } = setupChanged('b'.repeat(40));
      await expect(service.deploy(reviewed, options)).rejects.toMatchObject({
        dojo: {
          code: 'PLAN_CHANGED',
          kind: 'conflict',
          message:
            'The overlay of dev changed since your review (commit bbbbbbb by guest). Nothing was changed.',
        },
      });
      expect(runner.run).toHaveBeenLastCalledWith(
        expect.objectContaining({ mode: 'plan' }),
        { signal },
      );
      expect(runner.run).not.toHaveBeenLastCalledWith(
        expect.objectContaining({ planHash: expect.anything() }),
        expect.anything(),
      );
    });

    it.each([
      ['something else changed', reviewed],
      ['nobody knows what it was', { ...reviewed, reviewedAt: undefined }],
    ])('leaves the error as it is where %s', async (_, asked) => {
      const { service } = setupChanged('a'.repeat(40));
      await expect(service.deploy(asked, options)).rejects.toMatchObject({
        dojo: { message: 'it is another one' },
      });
    });
  });
});
