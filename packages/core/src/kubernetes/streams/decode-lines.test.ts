import fc from 'fast-check';
import { decodeLines, LineTooLong } from './decode-lines';
import type { DecodeLinesOptions } from './decode-lines';

const seed = 20261129;

async function linesOf(
  pieces: readonly (Uint8Array | string)[],
  options: Partial<DecodeLinesOptions> = {},
): Promise<string[]> {
  async function* stream() {
    for (const piece of pieces) yield Buffer.from(piece);
  }
  const lines: string[] = [];
  const all = { maxLength: 1_000, tooLong: 'throw', ...options } as const;
  for await (const line of decodeLines(stream(), all)) lines.push(line);
  return lines;
}

describe('decodeLines', () => {
  it.each<[string, string[], string[]]>([
    ['nothing', [], []],
    ['an empty line', ['\n'], ['']],
    ['a last line without an end', ['a\nb'], ['a', 'b']],
    ['line ends of both kinds', ['a\r\nb\nc\r', '\nd'], ['a', 'b', 'c', 'd']],
    ['lines over pieces', ['a', 'b\nc', '', 'd\n'], ['ab', 'cd']],
  ])('reads %s', async (_, pieces, lines) => {
    expect(await linesOf(pieces)).toEqual(lines);
  });

  it('reads the same, wherever the pieces end', async () => {
    const line = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .filter(text => !/[\r\n]/.test(text));
    const cuts = fc.array(fc.nat({ max: 400 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.array(line), cuts, async (lines, at) => {
        const bytes = Buffer.from(lines.map(one => `${one}\n`).join(''));
        const ends = [...at].sort((a, b) => a - b);
        const pieces = [...ends, bytes.length].map((end, index) =>
          bytes.subarray(index === 0 ? 0 : ends[index - 1], end),
        );
        expect(await linesOf(pieces)).toEqual(
          lines.map(one => Buffer.from(one).toString()),
        );
      }),
      { seed },
    );
  });

  it('throws over a line that is too long, before it has come whole', async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1;
        yield Buffer.from('x'.repeat(100));
      }
    }
    const read = async () => {
      const options = { maxLength: 1_000, tooLong: 'throw' } as const;
      for await (const line of decodeLines(endless(), options)) {
        throw new Error(`a line: ${line}`);
      }
    };
    await expect(read()).rejects.toBeInstanceOf(LineTooLong);
    expect(given).toBe(11);
  });

  it('cuts a line that is too long, where that is wanted', async () => {
    expect(
      await linesOf(['abcdef', 'gh\nij\n'], { maxLength: 3, tooLong: 'cut' }),
    ).toEqual(['abc', 'ij']);
  });
});
