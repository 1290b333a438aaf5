import { render, screen } from '@testing-library/react';
import { SourceFigure } from './SourceFigure';

const lines = 'SELECT 1;\n\tSELECT 2;\n';

describe('SourceFigure', () => {
  it('heads its lines with where they are from', () => {
    render(<SourceFigure caption="0007_tags.sql">{lines}</SourceFigure>);

    const figure = screen.getByRole('figure');
    expect(figure.querySelector('figcaption')).toHaveTextContent(
      '0007_tags.sql',
    );
    expect(figure.querySelector('pre')!.textContent).toBe(lines);
  });
});
