import type { RootConfigService } from '@backstage/backend-plugin-api';

/** Whether whoever reaches the portal is signed in as its guest; where not, sign-in and policy are the adopter's own. */
export function isGuestOn(config: RootConfigService): boolean {
  const guest = config.getOptionalConfig('auth.providers.guest');
  if (!guest) return false;
  return (
    process.env.NODE_ENV === 'development' ||
    guest.getOptionalBoolean('dangerouslyAllowOutsideDevelopment') === true
  );
}
