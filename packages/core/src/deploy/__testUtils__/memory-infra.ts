import { createHash } from 'node:crypto';
import { DojoError } from 'backstage-plugin-dojo-common';
import type {
  FileSource,
  InfraChange,
  InfraCommit,
  InfraRepository,
  NoteRepository,
} from '../ports';

interface MemoryCommit extends InfraCommit {
  readonly parent: string | undefined;
  readonly files: ReadonlyMap<string, string>;
}

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

/** Files of a map, as a source. */
export function sourceOf(files: ReadonlyMap<string, string>): FileSource {
  return {
    readFiles: async paths => paths.map(path => files.get(path)),
    listFiles: async folder =>
      [...files.keys()]
        .filter(path => folder === '.' || path.startsWith(`${folder}/`))
        .sort(),
  };
}

/** An infra repository in memory, which counts pushes and may be disturbed before one. */
export class MemoryInfra implements InfraRepository {
  readonly display = 'https://git.example.test/acme/infra.git';
  readonly warnings: readonly string[] = [];
  readonly branches = new Map<string, string>();
  /** Notes by the commits that they are at. */
  readonly notes = new Map<string, string>();
  readonly #commits = new Map<string, MemoryCommit>();
  pushes = 0;
  /** Called before a note is taken. Throws to refuse it. */
  beforeNote: () => void = () => undefined;
  /** Called before a push is taken. Throws to refuse it. */
  beforePush: (change: InfraChange) => void = () => undefined;
  /** Called after a push was taken. Throws to lose its reply. */
  afterPush: () => void = () => undefined;

  /** A commit of a person on a branch; a text undefined removes the file. @returns its id. */
  commit(
    files: Readonly<Record<string, string | undefined>>,
    message = 'by hand',
    branch = 'main',
  ): string {
    return this.#add(
      branch,
      this.branches.get(branch),
      Object.entries(files).map(([path, text]) => ({
        path,
        ...(text !== undefined && { text }),
      })),
      message,
    );
  }

  /** Messages of a branch, newest first. */
  messages(branch = 'main'): string[] {
    return this.#line(this.branches.get(branch)).map(({ message }) => message);
  }

  /** Text of a file at the head of a branch. */
  text(path: string, branch = 'main'): string | undefined {
    return this.#at(this.branches.get(branch) ?? '')?.files.get(path);
  }

  async readHead(branch = 'main') {
    const commit = this.branches.get(branch);
    return { branch, ...(commit !== undefined && { commit }) };
  }

  async readBranch(branch: string) {
    return this.branches.get(branch);
  }

  files(commit: string): FileSource {
    return sourceOf(this.#at(commit)?.files ?? new Map());
  }

  async readTree(commit: string, folder: string) {
    return this.#tree(this.#at(commit), folder);
  }

  async readHistory(head: string, folder: string, cap: number) {
    return this.#line(head)
      .filter(
        commit =>
          this.#tree(commit, folder) !==
          this.#tree(this.#at(commit.parent ?? ''), folder),
      )
      .slice(0, cap);
  }

  async readAt(commits: readonly string[], path: string) {
    return commits.map(commit => this.#at(commit)?.files.get(path));
  }

  async pushCommit(change: InfraChange) {
    this.pushes += 1;
    this.beforePush(change);
    const { branch, base, replaces, createsBranch } = change;
    const expected = createsBranch ? undefined : replaces ?? base;
    if (this.branches.get(branch) !== expected) {
      throw new DojoError({
        code: 'GIT_LEASE_LOST',
        kind: 'conflict',
        message: `${branch} changed while it was pushed`,
      });
    }
    const made = this.#add(branch, base, change.files, change.message);
    this.afterPush();
    return made;
  }

  async readChanges(from: string, to: string) {
    const [before, after] = [from, to].map(
      commit => this.#at(commit)?.files ?? new Map<string, string>(),
    );
    return [...new Set([...before.keys(), ...after.keys()])]
      .filter(path => before.get(path) !== after.get(path))
      .sort();
  }

  async removeBranch(branch: string, holds: string) {
    if (this.branches.get(branch) === holds) this.branches.delete(branch);
  }

  async appendNote({
    object,
    text,
  }: Parameters<NoteRepository['appendNote']>[0]) {
    this.beforeNote();
    const held = this.notes.get(object);
    const lines = [held, typeof text === 'string' ? text : text(held)];
    this.notes.set(object, lines.filter(line => line).join('\n'));
  }

  async readNotes(_ref: string, objects: readonly string[]) {
    return objects.map(object => this.notes.get(object));
  }

  async dispose() {}

  #add(
    branch: string,
    parent: string | undefined,
    changes: InfraChange['files'],
    message: string,
  ): string {
    const files = new Map(this.#at(parent ?? '')?.files);
    for (const { path, text } of changes) {
      if (text === undefined) files.delete(path);
      else files.set(path, text);
    }
    const commit = sha1(
      JSON.stringify([parent, [...files], message, this.#commits.size]),
    );
    this.#commits.set(commit, {
      commit,
      parent,
      files,
      message,
      date: new Date(0),
      author: 'Ada <ada@example.test>',
      isLanding: true,
    });
    this.branches.set(branch, commit);
    return commit;
  }

  #at(commit: string): MemoryCommit | undefined {
    return this.#commits.get(commit);
  }

  #line(head: string | undefined): MemoryCommit[] {
    const line: MemoryCommit[] = [];
    for (let at = this.#at(head ?? ''); at; at = this.#at(at.parent ?? '')) {
      line.push(at);
    }
    return line;
  }

  #tree(commit: MemoryCommit | undefined, folder: string): string | undefined {
    const inside = [...(commit?.files ?? [])]
      .filter(([path]) => folder === '.' || path.startsWith(`${folder}/`))
      .sort();
    return inside.length === 0 ? undefined : sha1(JSON.stringify(inside));
  }
}
