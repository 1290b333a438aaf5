import { ConfigReader } from '@backstage/config';
import type { AuthResolverContext } from '@backstage/plugin-auth-node';
import {
  localAuthenticator,
  localSignInResolver,
  USER_HEADER,
} from './localSignIn';

const settings = {
  userEntityRef: 'user:default/guest',
  ownershipEntityRefs: ['user:default/guest', 'group:default/accounting'],
  users: ['user:default/owner', 'viewer'],
  dangerouslyAllowOutsideDevelopment: true,
};

function signIn(
  asked: string | undefined,
  options: { readonly from?: string; readonly config?: object } = {},
) {
  const { from = '127.0.0.1', config = settings } = options;
  const users = localAuthenticator.initialize({
    config: new ConfigReader(config as typeof settings),
  });
  const req = {
    headers: asked === undefined ? {} : { [USER_HEADER]: asked },
    socket: { remoteAddress: from },
  } as never;
  return localAuthenticator
    .authenticate({ req }, users)
    .then(({ result }) => result.userEntityRef);
}

describe('localAuthenticator', () => {
  it('signs in as the guest whoever says nothing, also from elsewhere', async () => {
    expect(await signIn(undefined)).toBe('user:default/guest');
    expect(await signIn(undefined, { from: '10.0.0.7' })).toBe(
      'user:default/guest',
    );
  });

  it.each([
    ['owner', 'user:default/owner'],
    ['user:default/Owner', 'user:default/owner'],
    ['viewer', 'user:default/viewer'],
    ['guest', 'user:default/guest'],
  ])('signs in as %s', async (asked, ref) => {
    expect(await signIn(asked)).toBe(ref);
    expect(await signIn(asked, { from: '::1' })).toBe(ref);
    expect(await signIn(asked, { from: '::ffff:127.0.0.1' })).toBe(ref);
  });

  it.each(['priya', 'group:default/owner', 'user:other/owner'])(
    'refuses %s, who is not configured',
    async asked => {
      await expect(signIn(asked)).rejects.toThrow(
        /is not one of the users of this portal: user:default\/guest, /,
      );
    },
  );

  it.each(['', 'user:', '/owner'])(
    'refuses %j, which is no name',
    async asked => {
      await expect(signIn(asked)).rejects.toThrow('names no user');
    },
  );

  it('refuses another user from another machine', async () => {
    await expect(signIn('owner', { from: '10.0.0.7' })).rejects.toThrow(
      'from this machine only',
    );
  });

  it('signs nobody in where the guest is not on', async () => {
    const config = { ...settings, dangerouslyAllowOutsideDevelopment: false };
    await expect(signIn(undefined, { config })).rejects.toThrow(
      'the guest is not let in here',
    );
    await expect(signIn('owner', { config })).rejects.toThrow(
      'the guest is not let in here',
    );
  });
});

describe('localSignInResolver', () => {
  const resolve = localSignInResolver(new ConfigReader(settings));
  const info = (userEntityRef: string) => ({
    profile: {},
    result: { userEntityRef },
  });

  it('signs in as the user of the catalog', async () => {
    const context = {
      signInWithCatalogUser: jest.fn(async () => ({ token: 'of owner' })),
    } as unknown as AuthResolverContext;
    expect(await resolve(info('user:default/owner'), context)).toEqual({
      token: 'of owner',
    });
    expect(context.signInWithCatalogUser).toHaveBeenCalledWith({
      entityRef: 'user:default/owner',
    });
  });

  describe('when the catalog does not know the user yet', () => {
    const context = {
      signInWithCatalogUser: async () => {
        throw new Error('User not found');
      },
      issueToken: async (parameters: unknown) => parameters,
    } as unknown as AuthResolverContext;

    it('signs the guest in with what is configured', async () => {
      expect(await resolve(info('user:default/guest'), context)).toEqual({
        claims: {
          sub: 'user:default/guest',
          ent: settings.ownershipEntityRefs,
        },
      });
    });

    it('refuses anybody else', async () => {
      await expect(
        resolve(info('user:default/owner'), context),
      ).rejects.toThrow('user:default/owner is not in the catalog yet');
    });
  });
});
