import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { isRefName } from './ref-name';

/** Bytes of a file that is read whole; of a larger one git is asked. */
const maxBytes = 16 * 1024 * 1024;
/** Branches that are files of their own; of more git is asked. */
const maxLoose = 2_000;
const allBranches = 'refs/heads/*';

class NotPlain extends Error {}

interface HeldRef {
  readonly oid: string;
  /** Of an annotated tag: what it leads to in the end. */
  readonly peeled?: string;
}

function packedBranches(packed: string): string[] {
  const names: string[] = [];
  const mark = ' refs/heads/';
  for (let at = packed.indexOf(mark); at !== -1; ) {
    const end = packed.indexOf('\n', at);
    const name = packed.slice(at + 1, end === -1 ? undefined : end);
    if (isRefName(name)) names.push(name);
    at = packed.indexOf(mark, at + mark.length);
  }
  return names;
}

function findPacked(packed: string, name: string): HeldRef | undefined {
  const at = packed.indexOf(` ${name}\n`);
  if (at === -1) return undefined;
  const oid = packed.slice(packed.lastIndexOf('\n', at) + 1, at);
  if (!/^[0-9a-f]{40}$/.test(oid)) throw new NotPlain();
  const next = at + name.length + 2;
  if (packed[next] === '^') {
    const peeled = packed.slice(next + 1, next + 41);
    if (!/^[0-9a-f]{40}$/.test(peeled)) throw new NotPlain();
    return { oid, peeled };
  }
  const isPeeled = /^# pack-refs with:.* fully-peeled /.test(packed);
  if (name.startsWith('refs/tags/') && !isPeeled) throw new NotPlain();
  return { oid };
}

class LocalRefs {
  constructor(private readonly repository: string) {}

  async read(
    names: ReadonlySet<string>,
    { head, branches }: { readonly head: boolean; readonly branches: boolean },
  ): Promise<string> {
    const [headBranch, ownBranches] = await Promise.all([
      head ? this.#headBranch() : undefined,
      branches ? this.#branchFiles() : [],
      this.#verifyPlain(),
    ]);
    const asked = new Set([...names, ...ownBranches]);
    if (headBranch !== undefined) asked.add(headBranch);
    // A ref is packed before its file is removed: files first, or it could be missed.
    const files = new Map(
      await Promise.all(
        [...asked].map(async name => [name, await this.#file(name)] as const),
      ),
    );
    const packed = (await this.#text('packed-refs')) ?? '';
    if (branches) packedBranches(packed).forEach(name => asked.add(name));
    const isShown = (name: string) => branches || names.has(name);
    const lines: string[] = [];
    for (const name of asked) {
      const held = files.get(name) ?? findPacked(packed, name);
      if (held === undefined) continue;
      const { oid, peeled } = held;
      if (name === headBranch) {
        lines.push(`ref: ${name}\tHEAD`, `${oid}\tHEAD`);
      }
      if (!isShown(name)) continue;
      lines.push(`${oid}\t${name}`);
      if (peeled !== undefined) lines.push(`${peeled}\t${name}^{}`);
    }
    return lines.map(line => `${line}\n`).join('');
  }

  async #verifyPlain(): Promise<void> {
    const [{ uid }, config = '', linked] = await Promise.all([
      lstat(this.repository),
      this.#text('config'),
      this.#text('commondir'),
    ]);
    const isOwn = uid === process.geteuid?.();
    // Another format of refs or object ids, refs that are hidden, or more configuration elsewhere.
    const isSpecial = /hiderefs|\[\s*(?:extensions|include)/i.test(config);
    if (!isOwn || isSpecial || linked !== undefined) throw new NotPlain();
  }

  async #headBranch(): Promise<string> {
    const text = (await this.#text('HEAD')) ?? '';
    const name = /^ref: (refs\/heads\/[^\n]+)\n?$/.exec(text)?.[1];
    if (name === undefined || !isRefName(name)) throw new NotPlain();
    return name;
  }

  async #branchFiles(): Promise<string[]> {
    const found: string[] = [];
    const folders = ['refs/heads'];
    for (const folder of folders) {
      const entries = await readdir(join(this.repository, folder), {
        withFileTypes: true,
      });
      for (const entry of entries) {
        const name = `${folder}/${entry.name}`;
        if (entry.isDirectory()) folders.push(name);
        // A lock, or what git takes for no ref either.
        else if (isRefName(name)) found.push(name);
      }
      if (found.length + folders.length > maxLoose) throw new NotPlain();
    }
    return found;
  }

  async #file(name: string): Promise<HeldRef | undefined> {
    const text = await this.#text(name);
    if (text === undefined) return undefined;
    const oid = /^([0-9a-f]{40})\n?$/.exec(text)?.[1];
    if (oid === undefined) throw new NotPlain();
    if (!name.startsWith('refs/tags/')) return { oid };
    return { oid, ...(await this.#peel(oid)) };
  }

  /** By the object itself, where it is a file of its own. */
  async #peel(oid: string): Promise<Pick<HeldRef, 'peeled'>> {
    const stored = await this.#bytes(
      `objects/${oid.slice(0, 2)}/${oid.slice(2)}`,
    );
    if (stored === undefined) throw new NotPlain();
    const text = await promisify(inflate)(stored, {
      maxOutputLength: maxBytes,
    }).then(
      body => body.toString('latin1', 0, 200),
      () => '',
    );
    if (text.startsWith('commit ')) return {};
    const peeled = /^tag \d+\0object ([0-9a-f]{40})\ntype commit\n/.exec(
      text,
    )?.[1];
    if (peeled === undefined) throw new NotPlain();
    return { peeled };
  }

  async #text(path: string): Promise<string | undefined> {
    return (await this.#bytes(path))?.toString('utf8');
  }

  /** A file's bytes; undefined: there is none. */
  async #bytes(path: string): Promise<Buffer | undefined> {
    // A pipe in its place would be waited for, and a link may lead anywhere: then git is asked.
    const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = constants;
    const flags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW;
    const file = await open(join(this.repository, path), flags).catch(
      (error: NodeJS.ErrnoException) => {
        const isAbsent = error.code === 'ENOENT' || error.code === 'ENOTDIR';
        if (isAbsent) return undefined;
        throw error;
      },
    );
    if (file === undefined) return undefined;
    try {
      const entry = await file.stat();
      // A folder may hold other refs: there is none of this very name.
      if (entry.isDirectory()) return undefined;
      if (!entry.isFile() || entry.size > maxBytes) throw new NotPlain();
      return await file.readFile();
    } finally {
      await file.close();
    }
  }
}

/**
 * Refs of a bare repository of this machine, as `git ls-remote --symref` tells them (gitrepository-layout(5),
 * git-pack-refs(1)): HEAD, all branches, or refs by their full names, with what an annotated tag leads to in the end. It
 * saves three processes each time.
 *
 * @param patterns - `HEAD`, `refs/heads/*`, full names, and full names with `^{}`.
 * @returns undefined where git has to be asked: the repository is another user's, which git refuses unless it is told
 * otherwise, is configured in a way that says what its refs are or who sees them, or holds something that is not plain.
 */
export async function readLocalRefs(
  repository: string,
  patterns: readonly string[],
): Promise<string | undefined> {
  const names = new Set(
    patterns
      .map(pattern => pattern.replace(/\^\{\}$/, ''))
      .filter(name => name !== 'HEAD' && name !== allBranches),
  );
  if (![...names].every(isRefName)) return undefined;
  try {
    return await new LocalRefs(repository).read(names, {
      head: patterns.includes('HEAD'),
      branches: patterns.includes(allBranches),
    });
  } catch (error) {
    // Git says what is wrong with it, in its own words.
    const { syscall } = error as NodeJS.ErrnoException;
    if (error instanceof NotPlain || syscall !== undefined) return undefined;
    throw error;
  }
}
