import { StringDecoder } from 'node:string_decoder';

/** Options of {@link decodeLines}. */
export interface DecodeLinesOptions {
  /** Characters of a line. */
  readonly maxLength: number;
  /** What becomes of a longer one: it is cut, or thrown over. */
  readonly tooLong: 'cut' | 'throw';
}

/** A line that is longer than is read. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/**
 * Lines of a stream of UTF-8, wherever its pieces end: `\n` or `\r\n` ends one, and is not part of it; the last may have no
 * end. The cost is linear, and no more than one line and one piece are held.
 *
 * @throws LineTooLong with `tooLong: 'throw'`.
 */
export async function* decodeLines(
  pieces: AsyncIterable<Uint8Array>,
  { maxLength, tooLong }: DecodeLinesOptions,
): AsyncGenerator<string, void, undefined> {
  const decoder = new StringDecoder('utf8');
  // Parts of the line so far: joined once, so that a long one costs no more than its length.
  let parts: string[] = [];
  let length = 0;
  const add = (part: string) => {
    if (length + part.length > maxLength && tooLong === 'throw') {
      throw new LineTooLong();
    }
    const kept = part.slice(0, Math.max(0, maxLength - length));
    if (kept !== '') parts.push(kept);
    length += part.length;
  };
  const take = () => {
    const line = parts.join('');
    parts = [];
    length = 0;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  };
  for await (const piece of pieces) {
    const text = decoder.write(Buffer.from(piece));
    let at = 0;
    for (;;) {
      const end = text.indexOf('\n', at);
      if (end < 0) break;
      add(text.slice(at, end));
      yield take();
      at = end + 1;
    }
    add(text.slice(at));
  }
  add(decoder.end());
  if (length > 0) yield take();
}
