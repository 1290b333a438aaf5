import { isDojoError, shortOid } from 'backstage-plugin-dojo-common';
import type { NoteRepository } from '../../deploy/ports';
import { gitErrors } from '../git-errors';
import { verifyCommits } from '../infra/remote-objects';
import type { RemoteObjects } from '../infra/remote-objects';
import { encodeCommit } from '../objects/encode-commit';
import type { FetchedObjects } from '../objects/fetched-objects';
import { formatOf } from '../objects/git-objects';
import { decodeText } from '../objects/tree-files';
import { writeTree } from '../objects/write-tree';
import type { OpenedRemote } from '../remote/open-remote';
import { isRefName } from '../remote/ref-name';
import { findNote } from './find-note';
import type { FoundNote } from './find-note';
import { readNotesOf } from './read-notes-of';

/** Of the note of one object. */
const maxNoteBytes = 1024 * 1024;
/** Each time that a push loses, another one won: so many may append at once. */
const maxAttempts = 12;
/** After these, what the ref holds is read again: another push was first, or the reply was lost. */
const isTriedAgain: readonly string[] = [
  'GIT_LEASE_LOST',
  'GIT_REF_LOCKED',
  'GIT_UNAVAILABLE',
];

type NoteToAppend = Parameters<NoteRepository['appendNote']>[0];

/** A ref of notes as it is now. */
interface HeldNotes {
  /** Absent: there is no such ref yet. */
  readonly commit?: string;
  readonly tree?: string;
  readonly note: FoundNote;
  readonly text?: string;
}

/** {@link NoteRepository}: notes as `git notes` reads and writes them, one line for each thing that was noted. */
export class GitNotes implements NoteRepository {
  readonly #opened: OpenedRemote;
  readonly #objects: RemoteObjects;
  /** What was looked at before it is appended to, by ref and object. */
  readonly #ahead = new Map<string, Promise<HeldNotes>>();
  /** What refs hold that were asked for with something else. */
  readonly #tips = new Map<string, Promise<string | undefined>>();

  constructor(opened: OpenedRemote, objects: RemoteObjects) {
    this.#opened = opened;
    this.#objects = objects;
  }

  async readNote(
    ref: string,
    object: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    return (await this.#read(ref, object, signal)).text;
  }

  async readNotes(
    ref: string,
    objects: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly (string | undefined)[]> {
    if (objects.length === 0) return [];
    const { display, remote } = this.#opened;
    if (!isRefName(ref)) throw gitErrors.refInvalid(display, ref);
    verifyCommits(display, objects);
    const tip = this.#tips.get(ref) ?? remote.readRef(ref, signal);
    this.#tips.delete(ref);
    const commit = await tip;
    if (commit === undefined) return objects.map(() => undefined);
    const format = formatOf(commit);
    const source = this.#objects.source(format);
    const [tree] = await source.readRoots([commit], signal);
    return readNotesOf(source, { tree, display }, objects, signal);
  }

  askAhead(ref: string, signal: AbortSignal): void {
    if (!isRefName(ref)) return;
    const tip = this.#opened.remote.readRef(ref, signal);
    // Whoever reads the notes hears of what failed.
    tip.catch(() => undefined);
    this.#tips.set(ref, tip);
  }

  lookAhead(ref: string, object: string, signal: AbortSignal): void {
    const read = this.#read(ref, object, signal);
    // Whoever appends hears of what failed.
    read.catch(() => undefined);
    this.#ahead.set(`${ref} ${object}`, read);
  }

  async appendNote(note: NoteToAppend, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const held = await this.#held(note.ref, note.object, signal);
      const added =
        typeof note.text === 'string' ? note.text : note.text(held.text);
      if (added === '') return;
      const text = withLines(held.text, added);
      if (text === held.text || text === '') return;
      const commit = await this.#write(note, { held, text }, signal);
      try {
        const update = { ref: note.ref, from: held.commit, to: commit };
        await this.#opened.remote.push([update], signal);
        return;
      } catch (error) {
        const isLost = isDojoError(error) && isTriedAgain.includes(error.code);
        if (!isLost || attempt === maxAttempts) throw error;
      }
    }
  }

  /** As it was seen ahead, once: where it has moved since, the push loses, and it is read again. */
  #held(ref: string, object: string, signal: AbortSignal): Promise<HeldNotes> {
    const key = `${ref} ${object}`;
    const ahead = this.#ahead.get(key);
    this.#ahead.delete(key);
    return ahead ?? this.#read(ref, object, signal);
  }

  async #read(
    ref: string,
    object: string,
    signal: AbortSignal,
  ): Promise<HeldNotes> {
    const { display, remote } = this.#opened;
    if (!isRefName(ref)) throw gitErrors.refInvalid(display, ref);
    verifyCommits(display, [object]);
    const commit = await remote.readRef(ref, signal);
    if (commit === undefined) return { note: { path: object, blobs: [] } };
    const format = formatOf(commit);
    const objects = await this.#objects.of(format);
    const source = this.#objects.source(format);
    const [tree] = await source.readRoots([commit], signal);
    const note = await findNote(source, tree, object, signal);
    const text = await this.#readText(objects, note, object, signal);
    return { commit, tree, note, text };
  }

  async #readText(
    objects: FetchedObjects,
    { blobs }: FoundNote,
    object: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (blobs.length === 0) return undefined;
    const { display } = this.#opened;
    const what = `the note of ${shortOid(object)}`;
    const bodies = await objects.readObjectsBelow(
      maxNoteBytes,
      blobs,
      what,
      signal,
    );
    if (bodies === undefined) {
      throw gitErrors.objectTooLarge(
        display,
        what,
        maxNoteBytes + 1,
        maxNoteBytes,
      );
    }
    const text = decodeText(Buffer.concat(bodies));
    if (text === undefined) throw gitErrors.fileNotText(display, what);
    return text;
  }

  /** @returns the commit that holds the note beside all others. */
  async #write(
    note: NoteToAppend,
    { held, text }: { readonly held: HeldNotes; readonly text: string },
    signal: AbortSignal,
  ): Promise<string> {
    const objects = await this.#objects.of(formatOf(note.object));
    const target = {
      display: this.#opened.display,
      source: objects,
      write: (type: 'blob' | 'tree', body: Buffer) => objects.write(type, body),
    };
    const seconds = Math.floor(note.date.getTime() / 1_000);
    const edits = [{ path: held.note.path, text }];
    return objects.write(
      'commit',
      encodeCommit({
        tree: await writeTree(target, held.tree, edits, signal),
        parents: held.commit === undefined ? [] : [held.commit],
        who: note.author,
        authored: seconds,
        committed: seconds,
        message: `Note at ${shortOid(note.object)}\n`,
      }),
    );
  }
}

/** The note with those of the lines that it does not have, each behind the others: nobody's line is lost. */
function withLines(before: string | undefined, added: string): string {
  const kept = before === undefined || before === '' ? [] : [before.trimEnd()];
  const known = new Set((before ?? '').split('\n'));
  const lines = added
    .split('\n')
    .filter((line, index, all) => line !== '' && all.indexOf(line) === index)
    .filter(line => !known.has(line));
  if (lines.length === 0) return before ?? '';
  return `${[...kept, ...lines].join('\n')}\n`;
}
