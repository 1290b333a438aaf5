import { countSteps } from './__testUtils__/count-steps';
import { growthOf } from './__testUtils__/growth-of';
import { redactLine } from './redact-line';

describe('redactLine', () => {
  it.each(['password: ', 'a://', 'eyJ'])(
    'takes time linear in the length of the line: %s',
    piece => {
      const stepsOf = (times: number) =>
        countSteps('/src/text/', () => redactLine(piece.repeat(times)));
      expect(
        growthOf(
          () => stepsOf(1_000),
          () => stepsOf(2_000),
        ),
      ).toBeLessThan(2.2);
    },
  );
});
