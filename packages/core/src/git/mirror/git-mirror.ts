import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListedRefs, RefsToRead } from '../../repository/repository-data';
import { gitErrors } from '../git-errors';
import { RemoteObjects } from '../infra/remote-objects';
import { formatOf } from '../objects/git-objects';
import { partialClone } from '../remote/git-remote';
import type { OpenedRemote } from '../remote/open-remote';
import { runGit } from '../run/run-git';
import type { GitOutput } from '../run/run-git';
import { noteUse } from './mirror-folders';
import { notesRef, parseHeldRefs } from './parse-held-refs';
import { withinBytes } from './within-bytes';

/** What a mirror holds of a repository beside its refs: its history alone, or everything. */
export type MirrorContent = 'history' | 'all';

/** Milliseconds between two listings of all refs; what is asked for between them is less. */
const listEvery = 24 * 60 * 60_000;
/** Names that one fetch is given. */
const refsAtOnce = 500;
/** Packs after which they are made one: each fetch that brings something leaves one. */
const maxPacks = 60;
const maxOutput = 512 * 1024 * 1024;
const deadline = 5 * 60_000;
/** Of one mirror: histories of 100,000 commits have 15 MB, and of 10,000 landings 11 MB. */
const defaultMaxBytes = 1024 * 1024 * 1024;

/**
 * A repository of which refs and history stay on this machine from reading to reading. One of this machine is read in
 * place. Used by one reader at a time.
 */
export class GitMirror {
  readonly display: string;
  readonly objects: RemoteObjects;
  readonly #opened: OpenedRemote;
  readonly #content: MirrorContent;
  readonly #now: () => Date;
  readonly #maxBytes: number;

  /** @param options - `maxBytes`: what it may take of the disk; default: 1 GiB. */
  constructor(
    opened: OpenedRemote,
    {
      content,
      now,
      maxBytes = defaultMaxBytes,
    }: {
      readonly content: MirrorContent;
      readonly now: () => Date;
      readonly maxBytes?: number;
    },
  ) {
    this.display = opened.display;
    this.objects = new RemoteObjects(opened);
    this.#opened = opened;
    this.#content = content;
    this.#now = now;
    this.#maxBytes = maxBytes;
  }

  /**
   * Brings the refs up to date, with one request where all were listed within a day and a part of them is enough.
   *
   * @returns all that is known of them; `choose` says which of them count.
   */
  async readRefs(asked: RefsToRead, signal: AbortSignal): Promise<ListedRefs> {
    const { isLocal, remote, isShallow } = this.#opened;
    if (isShallow) throw gitErrors.shallow(this.display);
    const before = isLocal ? undefined : await this.#listedLately();
    if (before !== undefined && asked.between !== undefined) {
      const refs = [...asked.between, `${notesRef}*`];
      if (await this.#fetch(refs, signal)) {
        return { ...before, ...(await this.#heldRefs(signal)) };
      }
    }
    const [refs, notes] = await Promise.all([
      remote.readRefs(signal),
      remote.readRef(notesRef, signal),
    ]);
    const listed = { ...refs, ...(notes !== undefined && { notes }) };
    const chosen = asked.choose(listed);
    const anyOid = refs.branches.values().next().value ?? refs.tags.at(0)?.oid;
    // Where nothing is chosen nothing is read, and where there is nothing it cannot be told how objects are named.
    if (anyOid === undefined) return listed;
    await this.objects.of(formatOf(anyOid));
    if (!isLocal) await this.#fetchChosen(listed, chosen, signal);
    return listed;
  }

  /** Runs git in the mirror, without the network. @throws DojoError GIT_FAILED, GIT_DEADLINE, GIT_OUTPUT_TOO_LARGE. */
  async run(
    args: readonly string[],
    signal: AbortSignal,
  ): Promise<GitOutput['stdout']> {
    const output = await this.#tryRun(args, signal);
    if (output.code === 0) return output.stdout;
    const said = output.stderr.trim().split('\n').at(-1) ?? '';
    throw gitErrors.failed(this.display, args[0], said);
  }

  dispose(): void {
    this.objects.dispose();
  }

  /** Removes all that is kept of it. */
  async forget(): Promise<void> {
    this.dispose();
    await rm(this.#opened.temporary.folder, { recursive: true, force: true });
  }

  get #filter(): 'history' | 'none' {
    return this.#content === 'history' ? 'history' : 'none';
  }

  async #fetchChosen(
    listed: ListedRefs,
    chosen: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const names = listed.notes === undefined ? chosen : [...chosen, notesRef];
    const held = oidsOf(await this.#heldRefs(signal));
    const there = oidsOf(listed);
    const wanted = names.filter(
      name => there.has(name) && held.get(name) !== there.get(name),
    );
    const kept = new Set(names);
    await this.#removeRefs(
      [...held.keys()].filter(name => !kept.has(name)),
      signal,
    );
    for (let start = 0; start < wanted.length; start += refsAtOnce) {
      const some = wanted.slice(start, start + refsAtOnce);
      // One that went since is found missing by the next listing, and is no reason to fetch none of the others.
      if (!(await this.#fetch(some, signal))) {
        throw gitErrors.objectMissing(this.display, 'a ref that it listed');
      }
    }
    await this.#housekeep(signal);
    const { headBranch = '' } = listed;
    await writeFile(
      this.#listedFile,
      JSON.stringify({ at: this.#now().getTime(), headBranch }),
    );
    await noteUse(this.#opened.temporary.folder);
  }

  /** What a host sends is not bounded by what is asked for. @returns whether all of them are there. */
  #fetch(refs: readonly string[], signal: AbortSignal): Promise<boolean> {
    const { remote, temporary } = this.#opened;
    const maxBytes = this.#maxBytes;
    return withinBytes(
      {
        folder: join(temporary.gitDir, 'objects'),
        maxBytes,
        tooLarge: () => gitErrors.mirrorTooLarge(this.display, maxBytes),
      },
      signal,
      until => remote.fetchRefs(refs, this.#filter, until),
    );
  }

  async #removeRefs(
    refs: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const remove = async (args: readonly string[], prefix: string) => {
      const names = refs
        .filter(ref => ref.startsWith(prefix))
        .map(ref => ref.slice(prefix.length));
      for (let start = 0; start < names.length; start += refsAtOnce) {
        const some = names.slice(start, start + refsAtOnce);
        await this.run([...args, '--end-of-options', ...some], signal);
      }
    };
    await remove(['tag', '-d'], 'refs/tags/');
    await remove(['branch', '-q', '-D'], 'refs/heads/');
    if (refs.includes(notesRef)) {
      await this.run(['update-ref', '-d', notesRef], signal);
    }
  }

  async #heldRefs(signal: AbortSignal): Promise<ListedRefs> {
    const format = '%(objectname) %(*objectname) %(refname)';
    const output = await this.run(
      ['for-each-ref', `--format=${format}`],
      signal,
    );
    return parseHeldRefs(output.toString('utf8'));
  }

  get #listedFile(): string {
    return join(this.#opened.temporary.folder, 'listed.json');
  }

  /** @returns undefined where all refs have to be listed first. */
  async #listedLately(): Promise<Pick<ListedRefs, 'headBranch'> | undefined> {
    const text = await readFile(this.#listedFile, 'utf8').catch(() => '{}');
    const { at, headBranch } = parseListed(text);
    const age = this.#now().getTime() - at;
    if (!(age >= 0 && age < listEvery)) return undefined;
    return headBranch === '' ? {} : { headBranch };
  }

  async #housekeep(signal: AbortSignal): Promise<void> {
    const folder = join(this.#opened.temporary.gitDir, 'objects', 'pack');
    const names = await readdir(folder).catch(() => []);
    if (names.filter(name => name.endsWith('.pack')).length < maxPacks) return;
    this.dispose();
    // What fails here costs time and room, and nothing else.
    await this.#tryRun(['repack', '-a', '-d', '-q'], signal);
  }

  #tryRun(args: readonly string[], signal: AbortSignal): Promise<GitOutput> {
    const { folder, gitDir } = this.#opened.temporary;
    return runGit({
      args,
      directory: folder,
      gitDir,
      display: this.display,
      maxOutput,
      deadline,
      config: new Map(this.#content === 'history' ? partialClone : []),
      signal,
    });
  }
}

/** Makes the folders of a mirror, and its repository where there is none. */
export async function prepareMirror(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

function parseListed(text: string): { at: number; headBranch: string } {
  try {
    const { at, headBranch } = JSON.parse(text);
    return { at: Number(at), headBranch: String(headBranch) };
  } catch {
    return { at: Number.NaN, headBranch: '' };
  }
}

function oidsOf({ branches, tags, notes }: ListedRefs): Map<string, string> {
  const oids = new Map<string, string>();
  for (const [name, oid] of branches) oids.set(`refs/heads/${name}`, oid);
  for (const { name, oid } of tags) oids.set(`refs/tags/${name}`, oid);
  if (notes !== undefined) oids.set(notesRef, notes);
  return oids;
}
