import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Access } from '../access/Access';

/** Who may what, with spies that tell what was asked and audited. @param denied - Names of permissions that nobody has. */
export function askedAccess(denied: readonly string[] = []) {
  const success = jest.fn();
  const fail = jest.fn();
  const auditor = mockServices.auditor.mock({
    createEvent: jest.fn(async () => ({ success, fail })),
  });
  const permissions = mockServices.permissions.mock({
    authorize: jest.fn(async checks =>
      checks.map(({ permission }) => ({
        result: denied.includes(permission.name)
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
      })),
    ),
  });
  const access = new Access({ auditor, permissions });
  return { access, auditor, success, fail, permissions };
}
