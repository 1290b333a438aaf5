import { render, screen } from '@testing-library/react';
import { Muted } from './Muted';
import { Sentence } from './Sentence';

describe.each([
  ['Muted', Muted],
  ['Sentence', Sentence],
])('%s', (_, Words) => {
  it('stands in a line, or as a paragraph of its own', () => {
    render(
      <>
        <Words>there is none</Words>
        <Words as="p">yet</Words>
      </>,
    );

    expect(screen.getByText('there is none').tagName).toBe('SPAN');
    expect(screen.getByText('yet').tagName).toBe('P');
  });
});
