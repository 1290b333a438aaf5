import { render, screen } from '@testing-library/react';
import { FactList } from './FactList';

describe('FactList', () => {
  it('leaves out an absent value with its name, and keeps what is empty or zero', () => {
    render(
      <FactList
        facts={[
          ['Schema', <b>0013_tags</b>],
          ['Written by', undefined],
          ['Rows', 0],
          ['Creator', ''],
        ]}
      />,
    );

    expect(
      screen.getAllByRole('term').map(({ textContent }) => textContent),
    ).toEqual(['Schema', 'Rows', 'Creator']);
    expect(
      screen.getAllByRole('definition').map(({ textContent }) => textContent),
    ).toEqual(['0013_tags', '0', '']);
  });
});
