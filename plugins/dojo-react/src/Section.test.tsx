import { render, screen } from '@testing-library/react';
import { Section } from './Section';

describe('Section', () => {
  it('is a card that its heading names', () => {
    render(<Section title="Backups">none</Section>);

    expect(screen.getByRole('article', { name: 'Backups' })).toHaveTextContent(
      'none',
    );
    expect(
      screen.getByRole('heading', { name: 'Backups', level: 4 }),
    ).toBeVisible();
  });

  it('has neither without a title', () => {
    render(<Section>none</Section>);

    expect(screen.queryByRole('heading')).toBeNull();
    expect(screen.getByText('none')).not.toHaveAttribute('aria-labelledby');
  });
});
