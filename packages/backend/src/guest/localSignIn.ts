import type { IncomingMessage } from 'node:http';
import type { Config } from '@backstage/config';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  createProxyAuthenticator,
  type SignInResolver,
} from '@backstage/plugin-auth-node';
import { localUsersOf, toUserRef, type LocalUsers } from './localUsers';

/** Names the user to be; no page of another site can send it, since the portal allows no other origin. */
export const USER_HEADER = 'x-portal-user';

const loopback = /^(?:127\.|::ffff:127\.|::1$)/;

/** Who was asked for, and is allowed. */
export interface LocalSignIn {
  readonly userEntityRef: string;
}

/**
 * Signs in without a password: as the guest, or as the user whom {@link USER_HEADER} names, of those in
 * `auth.providers.guest.users` and from this machine only.
 */
export const localAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize({ config }): LocalUsers | undefined {
    return isOn(config) ? localUsersOf(config) : undefined;
  },
  async authenticate(
    { req }: { req: Pick<IncomingMessage, 'headers' | 'socket'> },
    users: LocalUsers | undefined,
  ): Promise<{ result: LocalSignIn }> {
    if (!users) {
      throw new NotAllowedError(
        'the guest is not let in here: auth.providers.guest.dangerouslyAllowOutsideDevelopment is not set',
      );
    }
    const asked = req.headers[USER_HEADER];
    if (asked === undefined) return { result: { userEntityRef: users.guest } };
    if (!loopback.test(req.socket.remoteAddress ?? '')) {
      throw new NotAllowedError(
        `${USER_HEADER} is taken from this machine only: from elsewhere everybody is the guest`,
      );
    }
    const userEntityRef = parse(String(asked));
    if (!users.all.has(userEntityRef)) {
      throw new NotAllowedError(
        `${userEntityRef} is not one of the users of this portal: ${[
          ...users.all,
        ].join(', ')}`,
      );
    }
    return { result: { userEntityRef } };
  },
});

/** Signs in as the catalog's user; as the guest also before the catalog knows it. */
export function localSignInResolver(
  config: Config,
): SignInResolver<LocalSignIn> {
  return async ({ result: { userEntityRef } }, context) => {
    try {
      return await context.signInWithCatalogUser({ entityRef: userEntityRef });
    } catch (error) {
      const { guest, guestOwns } = localUsersOf(config);
      if (userEntityRef === guest) {
        const claims = { sub: guest, ent: [...guestOwns] };
        return context.issueToken({ claims });
      }
      throw new NotFoundError(
        `${userEntityRef} is not in the catalog yet; try again in a moment`,
        error,
      );
    }
  };
}

function isOn(guest: Config): boolean {
  return (
    process.env.NODE_ENV === 'development' ||
    guest.getOptionalBoolean('dangerouslyAllowOutsideDevelopment') === true
  );
}

function parse(asked: string): string {
  try {
    return toUserRef(asked);
  } catch (error) {
    throw new InputError(`${USER_HEADER} names no user`, error);
  }
}
