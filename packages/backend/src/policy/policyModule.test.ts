import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { ExamplePolicy } from './ExamplePolicy';
import policyModule from './policyModule';
import { startFailure } from './startFailure';

async function policiesWith(guest: object | undefined) {
  const policies: PermissionPolicy[] = [];
  await startTestBackend({
    features: [
      policyModule,
      mockServices.rootConfig.factory({
        data: guest ? { auth: { providers: { guest } } } : {},
      }),
    ],
    extensionPoints: [
      [policyExtensionPoint, { setPolicy: policy => policies.push(policy) }],
    ],
  });
  return policies;
}

describe('policyModule', () => {
  it('is the example where one may be another user than the guest', async () => {
    const policies = await policiesWith({
      dangerouslyAllowOutsideDevelopment: true,
      users: ['user:default/owner'],
    });
    expect(policies).toEqual([expect.any(ExamplePolicy)]);
  });

  it('allows a guest everything who is the only user', async () => {
    const [policy, ...others] = await policiesWith({
      dangerouslyAllowOutsideDevelopment: true,
    });
    expect(others).toEqual([]);
    expect(
      await policy.handle({
        permission: { type: 'basic', name: 'dojo.release.run', attributes: {} },
      }),
    ).toEqual({ result: AuthorizeResult.ALLOW });
  });

  it.each([[undefined], [{}]])(
    'sets no policy where the guest is %j, so that the portal needs one of its own',
    async guest => {
      expect(await policiesWith(guest)).toEqual([]);
    },
  );

  it('is missing without the guest: the portal does not start, and one sentence says what to add', async () => {
    const failed = await startTestBackend({
      features: [
        permissionPlugin,
        policyModule,
        mockServices.rootConfig.factory({
          data: {
            permission: { enabled: true },
            auth: {
              providers: {
                guest: { dangerouslyAllowOutsideDevelopment: false },
              },
            },
          },
        }),
      ],
    }).then(
      () => 'started',
      error => startFailure(error),
    );
    expect(failed).toMatch(
      /^The portal does not start without a permission policy where there is no guest: add one to [^.]+\.ts, such as [^ ]+\.ts\.$/,
    );
  });
});
