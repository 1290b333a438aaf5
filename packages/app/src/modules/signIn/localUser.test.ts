import { mockApis } from '@backstage/frontend-test-utils';
import { keepUser, localUsers, signInHeaders, USER_KEY } from './localUser';

const config = (users?: string[]) =>
  mockApis.config({
    data: {
      auth: {
        providers: { guest: { userEntityRef: 'user:default/guest', users } },
      },
    },
  });
const several = config(['user:default/owner', 'user:other/owner']);

describe('localUsers', () => {
  it('is the guest and the others', () => {
    expect(localUsers(several)).toEqual([
      'user:default/guest',
      'user:default/owner',
      'user:other/owner',
    ]);
  });

  it.each([[undefined], [[]]])(
    'is nobody where there is no other: %j',
    users => {
      expect(localUsers(config(users))).toEqual([]);
    },
  );
});

describe('signInHeaders', () => {
  const kept = (chosen: string | null) => ({ getItem: () => chosen });

  it('names the user that was kept, and nobody by default', () => {
    expect(signInHeaders(several, kept('owner'))).toEqual({
      'x-portal-user': 'owner',
    });
    expect(signInHeaders(several, kept('user:other/owner'))).toEqual({
      'x-portal-user': 'user:other/owner',
    });
    expect(signInHeaders(several, kept(null))).toEqual({});
  });

  it('names nobody who is no user any more', () => {
    expect(signInHeaders(several, kept('priya'))).toEqual({});
    expect(signInHeaders(config([]), kept('owner'))).toEqual({});
  });
});

describe('keepUser', () => {
  it('keeps another user, and forgets it for the guest', () => {
    localStorage.clear();
    keepUser('user:default/owner', several, localStorage);
    expect(localStorage.getItem(USER_KEY)).toBe('owner');
    keepUser('user:default/guest', several, localStorage);
    expect(localStorage.getItem(USER_KEY)).toBeNull();
  });
});
