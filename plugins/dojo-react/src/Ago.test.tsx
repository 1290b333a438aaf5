import { render, screen } from '@testing-library/react';
import { Ago } from './Ago';

describe('Ago', () => {
  afterEach(() => jest.restoreAllMocks());

  it('says how long ago it was, and keeps the exact time', () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 10, 23, 8, 5));
    render(<Ago at="2026-11-23T08:00:00.000Z" />);

    const time = screen.getByText('5 minutes ago');
    expect(time).toHaveAttribute('datetime', '2026-11-23T08:00:00.000Z');
    expect(time).toHaveAttribute(
      'title',
      expect.stringMatching(/November 23, 2026.*:00:00/),
    );
  });
});
