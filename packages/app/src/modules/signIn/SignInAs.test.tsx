import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { fireEvent, screen } from '@testing-library/react';
import { USER_KEY } from './localUser';
import { SignInAs } from './SignInAs';

function open(users: string[], onChosen = jest.fn()) {
  renderInTestApp(
    <>
      <SignInAs onChosen={onChosen} />
      <p>the page</p>
    </>,
    {
      apis: [mockApis.identity({ userEntityRef: 'user:default/owner' })],
      config: {
        auth: {
          providers: { guest: { userEntityRef: 'user:default/guest', users } },
        },
      },
    },
  );
  return onChosen;
}

describe('SignInAs', () => {
  beforeEach(() => localStorage.clear());

  it('says who is signed in, and signs in as somebody else', async () => {
    const onChosen = open(['user:default/owner', 'user:default/viewer']);
    fireEvent.click(await screen.findByRole('button', { name: 'As owner' }));
    expect(
      await screen.findByRole('heading', { name: 'Signed in as owner' }),
    ).toBeVisible();
    expect(
      screen
        .getAllByRole('button', { name: /^Sign in as/ })
        .map(({ textContent }) => textContent),
    ).toEqual(['Sign in as guest', 'Sign in as viewer']);

    fireEvent.click(screen.getByRole('button', { name: 'Sign in as viewer' }));
    expect(localStorage.getItem(USER_KEY)).toBe('viewer');
    expect(onChosen).toHaveBeenCalledTimes(1);
  });

  it('is not there where the guest is the only user', async () => {
    open([]);
    await screen.findByText('the page');
    expect(screen.queryByRole('button')).toBeNull();
  });
});
