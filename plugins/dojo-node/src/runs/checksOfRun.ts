import { createHash } from 'node:crypto';
import { dojoReleaseCreatePermission } from 'backstage-plugin-dojo-common/permissions';
import type { PermissionCheck } from '../access/Access';
import { deploymentChecks } from '../deployment/deploymentPolicy';
import { migrationChecks } from '../migration/migrationChecks';
import type { StartRunRequest } from './Runs';

/** What whoever starts it must be granted: what the run itself asks for. */
export function checksOfRun(
  request: StartRunRequest,
): readonly PermissionCheck[] {
  const { component } = request;
  switch (request.verb) {
    case 'release':
      return [
        { permission: dojoReleaseCreatePermission, resourceRef: component },
      ];
    case 'migration':
      return migrationChecks('run', request);
    default:
      return deploymentChecks('run', request);
  }
}

/** One for one plan: SHA-256 of what it is of. */
export function keyOfRun(request: StartRunRequest): string {
  const { verb, component, planHash } = request;
  const environment = verb === 'release' ? '' : request.environment;
  return createHash('sha256')
    .update(JSON.stringify([verb, component, environment, planHash]))
    .digest('hex');
}
