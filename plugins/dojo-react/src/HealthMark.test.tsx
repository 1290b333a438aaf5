import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { HealthMark } from './HealthMark';

describe('HealthMark', () => {
  it.each([
    ['healthy', '● Healthy'],
    ['rolling-out', '◐ Rolling out'],
    ['failed', '▲ Failed'],
    ['down', '▲ Down'],
    ['stopped', '■ Stopped'],
    ['not-deployed', '○ Not deployed'],
    ['unknown', '? Unknown'],
    ['not-observed', '◌ Not observed'],
    ['waiting', '⏳ Waiting for merge'],
    ['drifted', '≠ Drifted'],
    ['frozen', '❄ Frozen'],
  ] as const)('says %s as %s, and reads the word alone aloud', (kind, text) => {
    renderInTestApp(
      <p data-testid="mark">
        <HealthMark kind={kind} />
      </p>,
    );

    expect(screen.getByTestId('mark')).toHaveTextContent(text);
    const [shape] = text.split(' ');
    expect(screen.getByText(shape).closest('[aria-hidden]')).toHaveAttribute(
      'aria-hidden',
      'true',
    );
  });

  it('goes on with what is around it', () => {
    renderInTestApp(
      <p data-testid="mark">
        <HealthMark kind="down"> for 1 min</HealthMark>
      </p>,
    );

    expect(screen.getByTestId('mark')).toHaveTextContent('▲ Down for 1 min');
  });
});
