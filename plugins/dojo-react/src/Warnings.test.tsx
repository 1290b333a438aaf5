import { render, screen } from '@testing-library/react';
import { Warnings } from './Warnings';

describe('Warnings', () => {
  it('says each in its order, as a sentence', () => {
    render(<Warnings texts={['the first', 'another one']} />);

    expect(
      screen.getAllByText(/the first|another/i).map(shown => shown.textContent),
    ).toEqual(['The first', 'Another one']);
  });
});
