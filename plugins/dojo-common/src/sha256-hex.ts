import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/**
 * SHA-256 of a text in UTF-8, as 64 hex digits. Where a page and the backend must come to the same name: a page that is
 * served over plain http has no `crypto.subtle`.
 */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
