import { render, screen } from '@testing-library/react';
import { PlainTable } from './PlainTable';

describe('PlainTable', () => {
  it('heads its columns, and is found by its id', () => {
    render(
      <PlainTable id="backups" className="narrow" columns={['Made', 'Size']}>
        <tbody>
          <tr>
            <td>today</td>
            <td>12 kB</td>
          </tr>
        </tbody>
      </PlainTable>,
    );

    const table = screen.getByRole('table');
    expect(table).toHaveAttribute('id', 'backups');
    expect(table).toHaveClass('narrow');
    expect(
      screen
        .getAllByRole('columnheader')
        .map(header => [header.textContent, header.getAttribute('scope')]),
    ).toEqual([
      ['Made', 'col'],
      ['Size', 'col'],
    ]);
    expect(screen.getByRole('cell', { name: '12 kB' })).toBeVisible();
  });
});
