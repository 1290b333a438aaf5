import { createHash } from 'node:crypto';
import type { SqlToken } from './sql-lexer';

/**
 * SHA-256 of SQL as it is understood: comments, white space and line ends (CRLF or LF, inside strings too) do not
 * count, everything else does, the spelling of keywords included.
 */
export function tokenChecksum(tokens: readonly SqlToken[]): string {
  const text = tokens
    .filter(({ kind }) => kind !== 'comment')
    // No token holds a NUL, so it parts them whatever they hold.
    .map(token => `${token.text}\0`)
    .join('');
  return createHash('sha256')
    .update(text.replace(/\r\n?/g, '\n'), 'utf8')
    .digest('hex');
}
