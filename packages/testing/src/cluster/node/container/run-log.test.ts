import fc from 'fast-check';
import { RunLog } from './run-log';

function toText(log: RunLog): string {
  return Buffer.concat(log.lines.map(({ text }) => text)).toString();
}

describe('RunLog', () => {
  it('keeps what was written, however it was cut, and tells followers the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'ä', '\n') })),
        pieces => {
          const log = new RunLog();
          const followed: Buffer[] = [];
          let ends = 0;
          log.follow({
            line: ({ text }) => followed.push(text),
            end: () => (ends += 1),
          });
          for (const piece of pieces) {
            // Bytes, not characters: a pipe cuts anywhere.
            for (const byte of Buffer.from(piece))
              log.write(Buffer.from([byte]));
          }
          log.end();
          expect(toText(log)).toBe(pieces.join(''));
          expect(Buffer.concat(followed).toString()).toBe(pieces.join(''));
          expect(ends).toBe(1);
        },
      ),
      { seed: 12 },
    );
  });

  it('lets the oldest lines go where there are more than 4 MiB', () => {
    const log = new RunLog();
    const line = Buffer.from(`${'x'.repeat(1023)}\n`);
    log.write(Buffer.from('first\n'));
    for (let count = 0; count < 4096; count += 1) log.write(line);
    log.write(Buffer.from('last\n'));
    const text = toText(log);
    expect(text.length).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(text.startsWith('x')).toBe(true);
    expect(text.endsWith('\nlast\n')).toBe(true);
  });

  it('cuts a line that is too long', () => {
    const log = new RunLog();
    log.write(Buffer.alloc(40_000, 'x'));
    expect(log.lines.map(({ text }) => text.length)).toEqual([
      16_384, 16_384, 7_232,
    ]);
  });

  it('ends a follower that comes too late', () => {
    const log = new RunLog();
    log.end();
    const end = jest.fn();
    log.follow({ line: jest.fn(), end });
    expect(end).toHaveBeenCalledTimes(1);
  });
});
