import { stringifyEntityRef, parseEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';

/** Who somebody on this machine may be signed in as, of the settings under `auth.providers.guest`. */
export interface LocalUsers {
  /** Whoever says nothing: every deep link opens as this user. */
  readonly guest: string;
  /** Of the guest, until the catalog knows it. */
  readonly guestOwns: readonly string[];
  /** Whom one may be instead, by saying so; the guest is one of them. */
  readonly all: ReadonlySet<string>;
}

/** @throws Error where an entry is no entity ref. */
export function localUsersOf(guest: Config): LocalUsers {
  const name =
    guest.getOptionalString('userEntityRef') ?? 'user:development/guest';
  const users = guest.getOptionalStringArray('users') ?? [];
  return {
    guest: toUserRef(name),
    guestOwns: guest.getOptionalStringArray('ownershipEntityRefs') ?? [name],
    all: new Set([name, ...users].map(toUserRef)),
  };
}

/** The whole ref of a user, in lower case: `owner` is `user:default/owner`. @throws Error where it is none. */
export function toUserRef(written: string): string {
  return stringifyEntityRef(
    parseEntityRef(written, {
      defaultKind: 'user',
      defaultNamespace: 'default',
    }),
  );
}
