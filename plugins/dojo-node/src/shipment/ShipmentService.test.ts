import { mockCredentials } from '@backstage/backend-test-utils';
import type { ReleaseResult } from 'backstage-plugin-dojo-common';
import { DojoError } from 'backstage-plugin-dojo-common';
import {
  nothingToRelease,
  plannedDeployment,
  plannedMigration,
  plannedRelease,
  releaseToFinish,
} from 'backstage-plugin-dojo-common/testUtils';
import { Environments } from '../config/Environments';
import { toBackstageError } from '../errors/toBackstageError';
import { ShipmentService } from './ShipmentService';

const component = 'component:default/ledger';
const options = {
  credentials: mockCredentials.user('user:default/eve'),
  signal: new AbortController().signal,
};
const request = { component, environment: 'dev', choices: {} };
const database = { file: '/data/{component}.duckdb' };

function failure(
  code: 'PLAN_CHANGED' | 'MIGRATIONS_NONE' | 'PERMISSION_DENIED',
) {
  return toBackstageError(
    new DojoError({ code, kind: 'conflict', message: `it is ${code}` }),
  );
}

/** A service whose every way to the outside is a spy. */
function setup({
  release = plannedRelease(),
  deploys = true,
}: {
  release?: ReleaseResult;
  deploys?: boolean;
} = {}) {
  const parts = {
    releases: { plan: jest.fn(async () => release) },
    migrations: { plan: jest.fn(async () => plannedMigration()) },
    deployments: { plan: jest.fn(async () => plannedDeployment()) },
  };
  const service = new ShipmentService({
    ...parts,
    environments: new Environments({
      allow: { repositories: [], images: [], infra: [] },
      environments: [{ name: 'dev', database }, { name: 'bare' }],
      ...(deploys && { infra: { repository: 'file:infra.git' } }),
    }),
  });
  return { service, ...parts };
}

describe('ShipmentService', () => {
  it('plans migration and deployment on top of the release to come', async () => {
    const release = plannedRelease();
    const { service, migrations, deployments } = setup({ release });
    const plan = await service.plan(request, options);
    expect(plan).toMatchObject({
      component,
      environment: 'dev',
      version: '0.4.0',
      tag: 'v0.4.0',
      migration: { kind: 'planned' },
      deployment: { kind: 'planned' },
    });
    const { base, release: made } = release.plan.decides;
    expect(migrations.plan).toHaveBeenCalledWith(
      {
        component,
        environment: 'dev',
        choices: {},
        ahead: { version: '0.4.0', tag: 'v0.4.0', commit: base },
      },
      options,
    );
    expect(deployments.plan).toHaveBeenCalledWith(
      {
        component,
        environment: 'dev',
        choices: { version: 'v0.4.0', afterRelease: release.planHash },
        awaited: {
          head: base,
          edits: made?.edits.map(({ path }) => path),
          ...(made?.image && {
            image: {
              repository: made.image.repository,
              tag: '0.4.0',
              digest: made.image.digest,
            },
          }),
        },
      },
      options,
    );
  });

  it('takes the newest version where nothing is to release', async () => {
    const { service, migrations, deployments } = setup({
      release: nothingToRelease(),
    });
    await service.plan(request, options);
    expect(migrations.plan).toHaveBeenCalledWith(
      { component, environment: 'dev', choices: { version: '0.4.0' } },
      options,
    );
    expect(deployments.plan).toHaveBeenCalledWith(
      { component, environment: 'dev', choices: { version: 'v0.4.0' } },
      options,
    );
  });

  it('awaits no more than the image of a release that is to be finished', async () => {
    const { service, deployments } = setup({ release: releaseToFinish() });
    await service.plan(request, options);
    const [[asked]] = deployments.plan.mock.calls as unknown as [
      [{ choices: object; awaited?: object }],
    ];
    expect(asked.choices).not.toHaveProperty('afterRelease');
    expect(asked.awaited ?? {}).not.toHaveProperty('head');
  });

  it.each([
    ['the environment', 'bare', {}, 'migration', /^bare has no database/],
    ['the portal', 'dev', { deploys: false }, 'deployment', /no repository/],
    [
      'the component',
      'dev',
      { release: nothingToRelease('none') },
      'deployment',
      /has no release yet/,
    ],
  ] as const)(
    'names what %s lacks',
    async (_, environment, what, part, why) => {
      const { service } = setup(what);
      const plan = await service.plan({ ...request, environment }, options);
      expect(plan[part]).toEqual({
        kind: 'none',
        reason: expect.stringMatching(why),
      });
    },
  );

  it('names a component without migrations, and hides no other failure', async () => {
    const { service, migrations } = setup();
    migrations.plan.mockRejectedValueOnce(failure('MIGRATIONS_NONE'));
    await expect(service.plan(request, options)).resolves.toMatchObject({
      migration: { kind: 'none' },
    });
    migrations.plan.mockRejectedValueOnce(failure('PLAN_CHANGED'));
    await expect(service.plan(request, options)).rejects.toMatchObject({
      dojo: { code: 'PLAN_CHANGED' },
    });
  });

  it('tells who may not nothing of environments', async () => {
    const { service, releases } = setup();
    releases.plan.mockRejectedValueOnce(failure('PERMISSION_DENIED'));
    await expect(
      service.plan({ ...request, environment: 'nowhere' }, options),
    ).rejects.toMatchObject({ dojo: { code: 'PERMISSION_DENIED' } });
  });

  describe('check', () => {
    const reviewed = {
      base: 'a'.repeat(40),
      release: '1'.repeat(64),
      afterRelease: '1'.repeat(64),
      migration: '2'.repeat(64),
      deployment: '3'.repeat(64),
      overlay: '4'.repeat(40),
    };

    it('asks each plan whether it is the reviewed one', async () => {
      const { service, releases, migrations, deployments } = setup();
      await service.check({ ...request, reviewed }, options);
      expect(
        [releases, migrations, deployments].map(
          ({ plan }) => (plan.mock.calls as unknown as object[][])[0][0],
        ),
      ).toMatchObject([
        { planHash: reviewed.release, reviewedAt: reviewed.base },
        { planHash: reviewed.migration },
        { planHash: reviewed.deployment, reviewedAt: reviewed.overlay },
      ]);
    });

    it('goes on after the release was made: the deployment is of it alone', async () => {
      const { service, deployments } = setup({ release: nothingToRelease() });
      await service.check({ ...request, reviewed }, options);
      expect(deployments.plan).toHaveBeenCalledWith(
        {
          component,
          environment: 'dev',
          choices: { version: 'v0.4.0', afterRelease: reviewed.afterRelease },
          planHash: reviewed.deployment,
          reviewedAt: reviewed.overlay,
        },
        options,
      );
    });

    it('begins with no other plan where the release is another one', async () => {
      const { service, releases, migrations } = setup();
      releases.plan.mockRejectedValueOnce(failure('PLAN_CHANGED'));
      await expect(
        service.check({ ...request, reviewed }, options),
      ).rejects.toMatchObject({ dojo: { code: 'PLAN_CHANGED' } });
      expect(migrations.plan).not.toHaveBeenCalled();
    });
  });
});
