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

/** One for one plan: SHA-256 of what it is of. @param of - `environment`: of all but a release */
export function keyOfRun(of: {
  readonly verb: StartRunRequest['verb'];
  readonly component: string;
  readonly environment?: string;
  readonly planHash: string;
}): string {
  const { verb, component, environment = '', planHash } = of;
  return createHash('sha256')
    .update(JSON.stringify([verb, component, environment, planHash]))
    .digest('hex');
}
