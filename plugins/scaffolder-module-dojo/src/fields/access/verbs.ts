import {
  dojoDeploymentCreatePermission,
  dojoMigrationRunPermission,
  dojoReleaseCreatePermission,
} from 'backstage-plugin-dojo-common/permissions';

/** What each form is for, with the permission on the component that the first of its actions asks for. */
export const verbPermissions = {
  release: dojoReleaseCreatePermission,
  // It begins with a release; what follows is asked when it is reached.
  ship: dojoReleaseCreatePermission,
  migrate: dojoMigrationRunPermission,
  restore: dojoMigrationRunPermission,
  'rebuild-caches': dojoMigrationRunPermission,
  deploy: dojoDeploymentCreatePermission,
  reject: dojoDeploymentCreatePermission,
} as const;

/** What a form is for. */
export type Verb = keyof typeof verbPermissions;

/** What it would be done to, as far as the form holds it. */
export interface VerbPlace {
  /** Entity ref; absent: none is chosen yet. */
  readonly component?: string;
  /** Absent: none is chosen yet, or the verb needs none. */
  readonly environment?: string;
}
