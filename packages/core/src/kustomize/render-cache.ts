import { createHash } from 'node:crypto';
import {
  chmod,
  mkdir,
  open,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { ownerMark } from '../local/run-owner';

/** Options of {@link RenderCache}. */
export interface RenderCacheOptions {
  /** A folder of this machine that nothing else uses, and that its user alone may read. It is made with the first render. */
  readonly folder: string;
  /** Default: this machine's clock. */
  readonly now?: () => Date;
}

/** What is rendered, and by which program. */
export interface RenderQuestion {
  /** Absolute path of the program. */
  readonly command: string;
  readonly files: ReadonlyMap<string, string>;
  readonly folder: string;
}

/** Milliseconds for which a render is taken from here: a mistake of this cache ends by itself. */
const keptFor = 7 * 24 * 60 * 60_000;
/** Renders that are kept; of more those that were made first go. */
const maxKept = 64;
/** Characters of one that is kept. */
const maxLength = 8 * 1024 * 1024;
/** Part of the name: another form of the files has other names. */
const form = 'v1';
const fileName = /^[0-9a-f]{64}$/;

/**
 * What kustomize made of the same files before. It has no network, no variable and no other file to read, so that the same
 * program makes the same of them. A program that is a script is asked each time: it may hand over to another one.
 *
 * What holds a Secret is not kept. Who can write to the folder is trusted, as the folder of the program is.
 */
export class RenderCache {
  readonly #folder: string;
  readonly #now: () => Date;

  constructor({ folder, now = () => new Date() }: RenderCacheOptions) {
    this.#folder = folder;
    this.#now = now;
  }

  /** Names a render by all that it is made from; undefined: it cannot be said what it is made from. */
  async nameOf({
    command,
    files,
    folder,
  }: RenderQuestion): Promise<string | undefined> {
    const program = await identityOf(command);
    if (program === undefined) return undefined;
    const hash = createHash('sha256');
    // Lengths before the texts: no two questions are one string.
    const add = (text: string) => hash.update(`${text.length}:`).update(text);
    [form, command, program, folder].forEach(add);
    for (const path of [...files.keys()].sort()) {
      add(path);
      add(files.get(path)!);
    }
    return hash.digest('hex');
  }

  /** Names what a program told of its version, where that is new enough; undefined: it may be another program each time. */
  versionNameOf(command: string): Promise<string | undefined> {
    // No render is of no files.
    return this.nameOf({ command, files: new Map(), folder: '' });
  }

  /** @returns undefined where it was not rendered before, or not lately, or is damaged. */
  async read(name: string): Promise<string | undefined> {
    const path = join(this.#folder, name);
    try {
      const { mtimeMs, size } = await stat(path);
      const age = this.#now().getTime() - mtimeMs;
      if (age > keptFor || size > maxLength * 4) return undefined;
      const kept = await readFile(path, 'utf8');
      const yaml = kept.slice(kept.indexOf('\n') + 1);
      return kept === withSum(yaml) ? yaml : undefined;
    } catch {
      return undefined;
    }
  }

  /** A folder that cannot be written keeps nothing, and that is no error. */
  async keep(name: string, yaml: string): Promise<void> {
    if (
      yaml.length > maxLength ||
      /^[- ]*kind: *["']?Secret["']? *$/m.test(yaml)
    )
      return;
    const path = join(this.#folder, name);
    const unfinished = `${path}.${ownerMark()}`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await chmod(this.#folder, 0o700);
      await writeFile(unfinished, withSum(yaml), { mode: 0o600 });
      await rename(unfinished, path);
      await this.#prune();
    } catch {
      // No room, or no right to write: it is rendered again.
      await rm(unfinished, { force: true }).catch(() => undefined);
    }
  }

  async #prune(): Promise<void> {
    const names = await readdir(this.#folder);
    if (names.length <= maxKept) return;
    const found = await Promise.all(
      names.map(async name => {
        const path = join(this.#folder, name);
        const made = await stat(path).catch(() => undefined);
        return { path, name, at: made?.mtimeMs ?? 0 };
      }),
    );
    found.sort((one, other) => other.at - one.at);
    const isUnfinished = (name: string) => !fileName.test(name);
    const old = this.#now().getTime() - keptFor;
    for (const [index, { path, name, at }] of found.entries()) {
      // One of another run may just be on its way.
      if (isUnfinished(name) ? at < old : index >= maxKept) {
        await rm(path, { force: true });
      }
    }
  }
}

/** A machine that lost its power leaves half files: the text says what it is the whole of. */
function withSum(yaml: string): string {
  return `${createHash('sha256').update(yaml).digest('hex')}\n${yaml}`;
}

/** The program's file as it is now; undefined: it is a script, or cannot be read. */
async function identityOf(command: string): Promise<string | undefined> {
  const file = await open(command, 'r').catch(() => undefined);
  try {
    if (file === undefined) return undefined;
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    if (buffer.toString('latin1') === '#!') return undefined;
    const { dev, ino, size, mtimeMs, ctimeMs } = await file.stat();
    return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
  } catch {
    return undefined;
  } finally {
    await file?.close();
  }
}
