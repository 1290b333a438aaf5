import fc from 'fast-check';
import { LogPosition, parseStampedLine } from './log-position';

const seed = 20261129;

describe('parseStampedLine', () => {
  it.each([
    ['2026-11-29T12:00:01.123456789Z hello', 1795953601, 'hello'],
    ['2026-11-29T12:00:01Z ', 1795953601, ''],
    ['2026-11-29T13:00:01.5+01:00 a  b ', 1795953601, 'a  b '],
    ['unable to retrieve container logs', undefined, undefined],
    ['2026-99-29T12:00:01Z hello', undefined, undefined],
  ])('%j', (line, second, text) => {
    expect(parseStampedLine(line)).toEqual(
      second === undefined ? { text: line } : { second, text },
    );
  });
});

describe('LogPosition', () => {
  it('asks from the beginning, then from the second of the last line', () => {
    const position = new LogPosition();
    expect(position.sinceTime).toBeUndefined();
    position.take('2026-11-29T12:00:01.9Z a');
    expect(position.sinceTime).toBe('2026-11-29T12:00:01Z');
  });

  it('delivers each line once, however often and wherever the log is cut', () => {
    // Some lines share a time to the nanosecond, some come late, as of two streams of a container.
    const log = fc
      .array(fc.nat({ max: 700_000_000 }), { minLength: 1, maxLength: 40 })
      .map(steps => {
        let time = 0;
        return steps.map((step, index) => {
          time += step < 100_000_000 ? 0 : step;
          const late = index % 7 === 6 ? Math.max(0, time - 200_000_000) : time;
          const second = Math.floor(late / 1e9);
          const rest = String(late % 1e9).padStart(9, '0');
          const at = String(second % 60).padStart(2, '0');
          const minute = String(Math.floor(second / 60)).padStart(2, '0');
          const stamp = `2026-11-29T12:${minute}:${at}`;
          return { stamp, line: `${stamp}.${rest}Z line ${index}` };
        });
      });
    const cuts = fc.array(fc.nat({ max: 45 }), { maxLength: 10 });
    fc.assert(
      fc.property(log, cuts, fc.boolean(), (lines, at, isFiltered) => {
        const position = new LogPosition();
        const delivered: string[] = [];
        for (const cut of [...at, Infinity]) {
          const { sinceTime = '' } = position;
          position.resume();
          // As a kubelet does; one that gives the whole log each time must not matter.
          const sent = lines.filter(
            ({ stamp }) => !isFiltered || `${stamp}Z` >= sinceTime,
          );
          for (const { line } of sent.slice(0, cut)) {
            const text = position.take(line);
            if (text !== undefined) delivered.push(text);
          }
        }
        const whole = lines.map((_, index) => `line ${index}`);
        // One that came late into a second that is over is not asked for again.
        expect(delivered).toEqual(
          whole.filter(text => delivered.includes(text)),
        );
        expect(new Set(delivered).size).toBe(delivered.length);
        const inOrder = lines.every(
          ({ line }, index) => index === 0 || line >= lines[index - 1].line,
        );
        expect(inOrder ? delivered : whole).toEqual(whole);
      }),
      { seed, numRuns: 500 },
    );
  });
});
