import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import { EffectList } from './EffectList';

describe('EffectList', () => {
  it('lists the effects in their order and marks what is already there', () => {
    renderInTestApp(
      <EffectList
        effects={[
          { key: 'image', text: 'copy the image', already: true },
          { key: 'refs', text: 'push main and v0.4.0', already: false },
        ]}
      />,
    );

    const card = screen.getByRole('article', { name: 'What will happen' });
    expect(
      within(card)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['copy the image already there', 'push main and v0.4.0']);
  });
});
