import { createHash } from 'node:crypto';
import type { SqlToken } from './sql-lexer';

/**
 * SHA-256 of SQL as it is understood: comments, white space and line ends (CRLF or LF, inside strings too) do not
 * count, everything else does, the spelling of keywords included.
 */
export function tokenChecksum(tokens: readonly SqlToken[]): string {
  const hash = createHash('sha256');
  for (const { kind, text } of tokens) {
    if (kind === 'comment') continue;
    // No token holds a NUL, so it parts them whatever they hold.
    hash.update(`${text.replace(/\r\n?/g, '\n')}\0`, 'utf8');
  }
  return hash.digest('hex');
}
