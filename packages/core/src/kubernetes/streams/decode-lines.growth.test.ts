import { countStepsOf } from '../../text/__testUtils__/count-steps';
import { decodeLines } from './decode-lines';

/** Of one line of so many pieces. */
function stepsOf(count: number): Promise<number> {
  async function* pieces() {
    for (let at = 0; at < count; at += 1) yield Buffer.from('x');
  }
  const options = { maxLength: 1_000_000, tooLong: 'throw' } as const;
  return countStepsOf('/src/kubernetes/', async () => {
    for await (const line of decodeLines(pieces(), options)) {
      expect(line).toHaveLength(count);
    }
  });
}

describe('decodeLines', () => {
  it('is of linear cost for one long line in small pieces', async () => {
    await stepsOf(10);
    const few = await stepsOf(500);
    expect((await stepsOf(2_000)) / few).toBeLessThan(4.2);
  });
});
