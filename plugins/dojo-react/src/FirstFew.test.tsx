import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FirstFew } from './FirstFew';

const list = (length: number) =>
  renderInTestApp(
    <FirstFew
      items={Array.from({ length }, (_, at) => `item ${at + 1}`)}
      showAll={`Show all ${length} items`}
    >
      {(shown, id) => (
        <ul id={id}>
          {shown.map(item => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </FirstFew>,
  );

describe('FirstFew', () => {
  it('shows fifty, and no button, where there are no more', () => {
    list(50);

    expect(screen.getAllByRole('listitem')).toHaveLength(50);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('shows the first fifty of more, all on request, and the first fifty again, by keyboard', async () => {
    list(51);
    const user = userEvent.setup();
    const button = screen.getByRole('button', { name: 'Show all 51 items' });
    expect(screen.getAllByRole('listitem').at(-1)).toHaveTextContent('item 50');
    expect(button).toHaveAttribute('aria-expanded', 'false');
    expect(button).toHaveAttribute(
      'aria-controls',
      screen.getByRole('list').id,
    );

    await user.tab();
    await user.keyboard('{Enter}');
    expect(screen.getAllByRole('listitem')).toHaveLength(51);
    const back = screen.getByRole('button', { name: 'Show the first 50 only' });
    expect(back).toHaveFocus();
    expect(back).toHaveAttribute('aria-expanded', 'true');

    await user.keyboard('{Enter}');
    expect(screen.getAllByRole('listitem')).toHaveLength(50);
  });
});
