import { render, screen } from '@testing-library/react';
import { SourceBlock } from './SourceBlock';

const lines = 'SELECT 1;\n\tSELECT 2;\n';

describe('SourceBlock', () => {
  it('keeps its lines as they are, and is found by its label', () => {
    render(<SourceBlock label="Log">{lines}</SourceBlock>);

    expect(screen.getByRole('group', { name: 'Log' }).textContent).toBe(lines);
  });

  it('is no group where nothing names it', () => {
    render(<SourceBlock>{lines}</SourceBlock>);

    expect(screen.queryByRole('group')).toBeNull();
  });
});
