import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Who asks, as the auditor knows it: a user's entity ref, a service's subject. */
export function initiatorOf({ principal }: BackstageCredentials): string {
  const { type, userEntityRef, subject } = principal as {
    type?: string;
    userEntityRef?: string;
    subject?: string;
  };
  return userEntityRef ?? subject ?? type ?? 'unknown';
}
