import { render, screen } from '@testing-library/react';
import { Headline } from './Headline';
import { Mono } from './Mono';

describe('Headline', () => {
  it('says what it is, and below it where it starts from', () => {
    render(
      <Headline title="Release ledger 0.4.0">
        on main at <Mono>a41d9e2</Mono>
      </Headline>,
    );

    expect(
      screen.getByRole('heading', { name: 'Release ledger 0.4.0', level: 3 }),
    ).toBeVisible();
    expect(screen.getByRole('paragraph')).toHaveTextContent(
      'on main at a41d9e2',
    );
  });

  it('has no second line where there is nothing to say in it', () => {
    render(<Headline title="Nothing to release">{false}</Headline>);

    expect(screen.queryByRole('paragraph')).toBeNull();
  });
});
