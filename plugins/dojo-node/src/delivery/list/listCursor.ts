import { z } from 'zod/v3';
import { indexErrors } from '../indexErrors';

const valueSchema = z.array(z.string().max(1000).nullable()).min(1).max(6);

/** A place in an ordered list that stays right while entries move: what the last entry was ordered by. */
export function toCursor(place: ReadonlyArray<string | null>): string {
  return Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');
}

/** @throws DojoError `DELIVERY_CURSOR_INVALID` */
export function fromCursor(cursor: string): Array<string | null> {
  try {
    return valueSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
  } catch (error) {
    throw indexErrors.cursorInvalid(error);
  }
}
