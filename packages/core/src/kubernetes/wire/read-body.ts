import type { WireReply } from './wire';
import { toWireFailure } from './wire-failure';

/** A body that has more bytes than are read. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * The pieces of a body; one that is not read to its end is let go.
 *
 * @throws WireFailure where it ends before its end; the signal's reason where it was aborted.
 */
export async function* piecesOf(
  { body }: Pick<WireReply, 'body'>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* body;
  } catch (error) {
    signal.throwIfAborted();
    throw toWireFailure(error);
  } finally {
    body.destroy();
  }
}

/** @throws BodyTooLarge; WireFailure; the signal's reason where it was aborted. */
export async function readBody(
  reply: Pick<WireReply, 'body'>,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of piecesOf(reply, signal)) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
