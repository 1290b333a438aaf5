import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { DojoFailure } from './dojoFailure';
import { FailureAlert } from './FailureAlert';

const failure: DojoFailure = {
  message: 'the forge does not answer',
  hint: 'Start the forge.',
  denied: false,
  mayPass: true,
};
const denied = { title: 'You may not see it', hint: 'Ask an owner.' };

const alert = (
  shown: Partial<DojoFailure>,
  acts: { onRetry?: () => void; onChange?: () => void } = {},
) =>
  renderInTestApp(
    <FailureAlert
      failure={{ ...failure, ...shown }}
      title="It is not there"
      denied={denied}
      {...acts}
    />,
  );

describe('FailureAlert', () => {
  it('says what is not there, why, and what to do', () => {
    alert({});

    const message = 'The forge does not answer';
    for (const text of ['It is not there', message, failure.hint!]) {
      expect(screen.getByText(text)).toBeVisible();
    }
    expect(screen.queryByText(denied.title)).toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('tries again on request', async () => {
    const onRetry = jest.fn();
    alert({}, { onRetry });
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));

    expect(onRetry).toHaveBeenCalledTimes(1);
  });

  it('offers to change what was asked where asking again cannot help', async () => {
    const acts = { onRetry: jest.fn(), onChange: jest.fn() };
    alert({ mayPass: false }, acts);

    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { name: 'Change the choices' }),
    );
    expect(acts.onChange).toHaveBeenCalledTimes(1);
  });

  it('offers nothing where there is nothing to change', () => {
    alert({ mayPass: false }, { onRetry: jest.fn() });

    expect(screen.queryByRole('button')).toBeNull();
  });

  it('leads to the sign-in where the session has expired, whatever was asked for', () => {
    alert({
      code: 'SESSION_EXPIRED',
      message: 'your session has expired',
      hint: 'Sign in again; the same page opens.',
      denied: true,
      mayPass: false,
    });

    expect(screen.getByText('Your session has expired')).toBeVisible();
    expect(
      screen.getByText('Sign in again; the same page opens.'),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Sign in again' })).toBeEnabled();
    expect(screen.queryByText(denied.title)).toBeNull();
  });

  describe('when the reader has not the permission', () => {
    it('says so instead, and whom to ask where the backend does not', () => {
      alert({ denied: true, hint: undefined });

      expect(screen.getByText(denied.title)).toBeVisible();
      expect(screen.getByText(denied.hint)).toBeVisible();
      expect(screen.queryByText('It is not there')).toBeNull();
    });

    it('leaves the hint to the backend where it gives one', () => {
      alert({ denied: true });

      expect(screen.getByText('Start the forge.')).toBeVisible();
      expect(screen.queryByText(denied.hint)).toBeNull();
    });
  });
});
