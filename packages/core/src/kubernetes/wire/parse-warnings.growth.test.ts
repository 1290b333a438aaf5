import { countSteps } from '../../text/__testUtils__/count-steps';
import { growthOf } from '../../text/__testUtils__/growth-of';
import { parseWarnings } from './parse-warnings';

describe('parseWarnings', () => {
  it.each<[string, (times: number) => string]>([
    ['quotes', n => `299 - ${'"'.repeat(n)}`],
    ['backslashes', n => `299 - "${'\\'.repeat(n)}`],
    ['blanks', n => ' '.repeat(n)],
    ['codes', n => `${' 299 -'.repeat(n)}"a`],
  ])('is of linear cost: %s', (_, textOf) => {
    const stepsOf = (times: number) =>
      countSteps('/src/kubernetes/', () => parseWarnings(textOf(times)));
    expect(
      growthOf(
        () => stepsOf(3_000),
        () => stepsOf(6_000),
      ),
    ).toBeLessThan(2.2);
  });
});
