import { renderInTestApp } from '@backstage/frontend-test-utils';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { RelativeTime } from './RelativeTime';

const now = Date.UTC(2026, 10, 29, 14, 3);
const at = (milliseconds: number) => new Date(now - milliseconds).toISOString();
const minute = 60_000;
const day = 24 * 60 * minute;

describe('RelativeTime', () => {
  beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(now));
  afterEach(() => jest.restoreAllMocks());

  it.each([
    [0, 'just now'],
    [59_000, 'just now'],
    [-minute, 'just now'],
    [12 * minute, '12 min ago'],
    [119 * minute, '1 h ago'],
    [day, '1 day ago'],
    [9 * day, '9 days ago'],
    [61 * day, 'Sep 29, 2026'],
  ])('says of %d ms ago: %s', (past, text) => {
    renderInTestApp(<RelativeTime at={at(past)} />);

    expect(screen.getByRole('button', { name: text })).toBeVisible();
  });

  it('tells seconds where they are asked for', () => {
    renderInTestApp(<RelativeTime at={at(8000)} seconds />);

    expect(screen.getByText('8 s ago')).toBeVisible();
  });

  it('goes on by itself', () => {
    jest.useFakeTimers();
    try {
      renderInTestApp(<RelativeTime at={at(0)} />);
      jest.spyOn(Date, 'now').mockReturnValue(now + 2 * minute);
      act(() => jest.advanceTimersByTime(15_000));

      expect(screen.getByText('2 min ago')).toBeVisible();
    } finally {
      jest.useRealTimers();
    }
  });

  it('shows the exact time on focus and copies it', async () => {
    const user = userEvent.setup();
    renderInTestApp(<RelativeTime at={at(12 * minute)} />);
    await user.tab();

    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      /November 29, 2026.*:51:00/,
    );
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    await user.keyboard('{Enter}');
    expect(write).toHaveBeenCalledWith(
      expect.stringMatching(/November 29, 2026.*:51:00/),
    );
    expect(await screen.findByRole('tooltip')).toHaveTextContent(/^Copied: /);
  });

  it('says how long something lasts', () => {
    renderInTestApp(<RelativeTime at={at(4 * minute)} form="for" />);

    expect(screen.getByText('for 4 min')).toBeVisible();
  });
});
