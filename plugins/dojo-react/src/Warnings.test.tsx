import { render, screen } from '@testing-library/react';
import { Warnings } from './Warnings';

describe('Warnings', () => {
  it('says each in its order', () => {
    render(<Warnings texts={['the first', 'another']} />);

    expect(
      screen.getAllByText(/the first|another/).map(shown => shown.textContent),
    ).toEqual(['the first', 'another']);
  });
});
