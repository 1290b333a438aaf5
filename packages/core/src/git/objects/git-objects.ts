import { createHash } from 'node:crypto';
import type { GitIdentity } from 'backstage-plugin-dojo-common';
import { gitErrors } from '../git-errors';

/** How a repository names its objects. */
export type ObjectFormat = 'sha1' | 'sha256';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

/** A commit's or a tag's header lines and its message, as bytes were written. */
export interface ParsedObject {
  /** First value of each header. */
  readonly headers: ReadonlyMap<string, string>;
  readonly parents: readonly string[];
  readonly message: string;
}

/** One line of a tree, in the tree's own order. */
export interface TreeEntry {
  /** `100644`, `100755`, `120000`, `40000`, `160000` */
  readonly mode: string;
  readonly name: Buffer;
  readonly oid: string;
}

/** The format that an object id of this length belongs to. */
export function formatOf(oid: string): ObjectFormat {
  return oid.length === 64 ? 'sha256' : 'sha1';
}

/** The object as git stores it, and its id. */
export function encodeObject(
  type: ObjectType,
  body: Buffer,
  format: ObjectFormat,
): { readonly oid: string; readonly bytes: Buffer } {
  const bytes = Buffer.concat([
    Buffer.from(`${type} ${body.length}\0`, 'latin1'),
    body,
  ]);
  return { oid: createHash(format).update(bytes).digest('hex'), bytes };
}

/** Characters of a commit message that are read; what follows is said to be left out. */
export const maxMessage = 256 * 1024;
/** Bytes of a header, and of a message, that are looked at: a character has three at most in UTF-16's terms. */
const maxHeadBytes = 1024 * 1024;
const maxMessageBytes = 3 * (maxMessage + 1);

/** A commit's bytes as far as it is read. */
export function cutCommit(body: Buffer): Buffer {
  const split = body.indexOf('\n\n');
  const head = split === -1 ? body : body.subarray(0, split);
  if (head.length > maxHeadBytes) {
    // The first headers tell what is read; long ones behind them are signatures.
    return Buffer.concat([
      head.subarray(0, maxHeadBytes),
      split === -1
        ? Buffer.alloc(0)
        : body.subarray(split, split + 2 + maxMessageBytes),
    ]);
  }
  return body.subarray(0, head.length + 2 + maxMessageBytes);
}

/**
 * Reads a commit or an annotated tag. Text is UTF-8 unless the object names another encoding that this runtime knows;
 * what cannot be decoded becomes U+FFFD.
 */
export function parseObject(body: Buffer): ParsedObject {
  const split = body.indexOf('\n\n');
  const head = split === -1 ? body : body.subarray(0, split);
  const headers = new Map<string, string>();
  const parents: string[] = [];
  for (const line of head.toString('latin1').split('\n')) {
    const space = line.indexOf(' ');
    const name = line.slice(0, space);
    const value = line.slice(space + 1);
    if (name === 'parent') parents.push(value);
    // A line that begins with a blank continues the header before it (gpgsig).
    if (space > 0 && !headers.has(name)) headers.set(name, value);
  }
  const text = split === -1 ? Buffer.alloc(0) : body.subarray(split + 2);
  return { headers, parents, message: decode(text, headers.get('encoding')) };
}

function decode(bytes: Buffer, encoding: string | undefined): string {
  try {
    return new TextDecoder(encoding ?? 'utf-8', { ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }
}

/** Seconds since 1970 of `Name <email> 1700000000 +0100`. @returns undefined where the line has no date. */
export function secondsOf(line: string | undefined): number | undefined {
  const match = /> (\d{1,15}) [+-]\d{4}$/.exec(line ?? '');
  return match ? Number(match[1]) : undefined;
}

/** `Name <email> seconds +0000`; what would break the line is left out, as git does. */
export function identityLine(who: GitIdentity, seconds: number): string {
  const clean = (text: string) => text.replace(/[\p{Cc}<>]/gu, '').trim();
  return `${clean(who.name)} <${clean(who.email)}> ${seconds} +0000`;
}

/**
 * Parses a tree's bytes.
 *
 * @throws DojoError GIT_TREE_INVALID where they are no tree: git itself never stores such, but a repository read in place may hold it.
 */
export function parseTree(body: Buffer, format: ObjectFormat): TreeEntry[] {
  const oidLength = format === 'sha1' ? 20 : 32;
  const entries: TreeEntry[] = [];
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(0x20, at);
    const end = space < 0 ? -1 : body.indexOf(0, space);
    if (end < 0 || end + 1 + oidLength > body.length) {
      throw gitErrors.treeInvalid();
    }
    entries.push({
      mode: body.toString('latin1', at, space),
      name: body.subarray(space + 1, end),
      oid: body.toString('hex', end + 1, end + 1 + oidLength),
    });
    at = end + 1 + oidLength;
  }
  return entries;
}

/** The bytes of a tree of these entries, put into git's order. */
export function encodeTree(entries: readonly TreeEntry[]): Buffer {
  const sorted = [...entries].sort((a, b) =>
    Buffer.compare(sortName(a), sortName(b)),
  );
  return Buffer.concat(
    sorted.flatMap(({ mode, name, oid }) => [
      Buffer.from(`${mode} `, 'latin1'),
      name,
      Buffer.from([0]),
      Buffer.from(oid, 'hex'),
    ]),
  );
}

/** Git sorts a folder as if its name ended in a slash. */
function sortName({ mode, name }: TreeEntry): Buffer {
  return mode === '40000' ? Buffer.concat([name, Buffer.from('/')]) : name;
}
