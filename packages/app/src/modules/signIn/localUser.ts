import type { ConfigApi } from '@backstage/frontend-plugin-api';

/** Where a browser keeps as whom it signs in; absent: as the guest. */
export const USER_KEY = 'dojo-portal.user';

/** The header that says so to the provider `guest` (packages/backend/src/guest). */
export const USER_HEADER = 'x-portal-user';

/** Entity refs of those as whom one may sign in on this machine, the guest first; none where there is only one. */
export function localUsers(config: ConfigApi): readonly string[] {
  const guest = config.getOptionalConfig('auth.providers.guest');
  const users = guest?.getOptionalStringArray('users') ?? [];
  if (users.length === 0) return [];
  return [
    guest?.getOptionalString('userEntityRef') ?? 'user:development/guest',
    ...users,
  ];
}

/** The headers of the sign-in: of the user that this browser keeps, where it is still one of them. */
export function signInHeaders(
  config: ConfigApi,
  storage: Pick<Storage, 'getItem'>,
): Record<string, string> {
  const chosen = storage.getItem(USER_KEY);
  const isKnown = localUsers(config).some(ref => nameOf(ref) === chosen);
  return chosen !== null && isKnown ? { [USER_HEADER]: chosen } : {};
}

/** Keeps as whom the next page signs in. */
export function keepUser(
  ref: string,
  config: ConfigApi,
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
): void {
  if (ref === localUsers(config)[0]) storage.removeItem(USER_KEY);
  else storage.setItem(USER_KEY, nameOf(ref));
}

/** `user:default/owner` is owner; of another namespace the whole ref. */
export function nameOf(ref: string): string {
  return ref.replace(/^user:default\//, '');
}
