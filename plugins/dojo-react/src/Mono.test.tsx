import { render, screen } from '@testing-library/react';
import { Mono } from './Mono';

describe('Mono', () => {
  it('shows text of others letter by letter', () => {
    render(<Mono>{'a\u202eb'}</Mono>);

    expect(screen.getByText('a\ufffdb').tagName).toBe('CODE');
  });
});
