import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { PermissionPolicy } from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import policyModule from './policyModule';

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
  it('allows the guest everything', async () => {
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
});
