import type { OpenBase } from '../ports';
import { withoutCredentials } from '../../text/without-credentials';
import type { ClosedTree, PlacedKustomization } from './closed-tree';
import { ensureBounded } from './ensure-bounded';
import { ensureFewValues } from './ensure-few-values';
import { containedPath, isBelow, relativePath } from './contained-path';
import type {
  FollowedEntry,
  LocalReference,
  Place,
  RemoteReference,
} from './kustomization';
import { kustomizationErrors } from './kustomization-errors';
import { printKustomization } from './print-kustomization';
import { inTree, pathsOf, readWave, tooManyCharacters } from './read-wave';
import type { Root, Task, WaveTexts } from './read-wave';
import { readKustomization } from './read-kustomization';
import { treeLimits } from './tree-limits';

/** Where the files of other repositories are in the tree. */
const basesFolder = '.dojo-bases';

/** One walk from an overlay through all that it names. */
export class TreeWalk {
  readonly #openBase: OpenBase;
  readonly #shownRoot: string;
  readonly #files = new Map<string, string>();
  /** Paths that kustomize parses as YAML. */
  readonly #yaml = new Set<string>();
  readonly #placed = new Map<string, PlacedKustomization>();
  /** Folder -> all that its kustomization reads, as often as it does. */
  readonly #includes = new Map<string, string[]>();
  readonly #seen = new Set<string>();
  readonly #bases = new Map<string, Root>();
  #characters = 0;

  constructor(openBase: OpenBase, shownRoot: string) {
    this.#openBase = openBase;
    this.#shownRoot = shownRoot;
  }

  async run(
    root: Root,
    folder: string,
    signal: AbortSignal,
  ): Promise<ClosedTree> {
    let wave: Task[] = [
      { root, path: folder, as: 'folder', mayBeOther: false, depth: 0 },
    ];
    while (wave.length > 0) {
      const texts = await readWave(wave, signal);
      const next: Task[] = [];
      for (const task of wave) {
        next.push(...(await this.#take(task, texts, signal)));
      }
      wave = next;
    }
    const nameOf = (path: string) => this.#nameOf(path);
    for (const path of this.#yaml) {
      const text = this.#files.get(path);
      if (text !== undefined) ensureFewValues(nameOf(path), text);
    }
    ensureBounded(
      { folder, includes: this.#includes, files: this.#files },
      nameOf,
    );
    return {
      files: this.#files,
      folder,
      kustomizations: [...this.#placed.values()],
      nameOf,
    };
  }

  /** @returns what has to be looked at after it. */
  async #take(
    task: Task,
    texts: WaveTexts,
    signal: AbortSignal,
  ): Promise<Task[]> {
    const { root } = task;
    const [found, second] = pathsOf(task).flatMap(path => {
      const text = texts.get(root)?.get(path);
      return text === undefined ? [] : [{ at: inTree(root, path), text }];
    });
    if (found === undefined) return [this.#otherwise(task)];
    if (task.as === 'file') {
      this.#add(found.at, found.text);
      return [];
    }
    if (second !== undefined) {
      throw kustomizationErrors.twice(
        this.#nameOf(found.at),
        this.#nameOf(second.at),
      );
    }
    this.#ensureShallow(task);
    return this.#place(task, found, signal);
  }

  async #place(
    task: Task,
    { at: file, text }: { readonly at: string; readonly text: string },
    signal: AbortSignal,
  ): Promise<Task[]> {
    const read = readKustomization(this.#nameOf(file), text);
    const folder = inTree(task.root, task.path);
    const replaced = new Map<number, string>();
    const next: Task[] = [];
    const included: string[] = [];
    this.#includes.set(folder, included);
    for (const entry of read.follows) {
      const { reference, at } = entry;
      let one: Task;
      if (reference.kind === 'remote') {
        one = await this.#remote({ ...entry, reference }, task, signal);
        replaced.set(at, relativePath(folder, inTree(one.root, one.path)));
      } else {
        one = this.#local({ ...entry, reference }, task);
      }
      const path = inTree(one.root, one.path);
      included.push(path);
      if (entry.use !== 'text') this.#yaml.add(path);
      if (!this.#seen.has(`${one.as} ${path}`)) next.push(one);
      this.#seen.add(`${one.as} ${path}`);
      if (this.#seen.size > treeLimits.files + treeLimits.folders) {
        throw tooManyFiles();
      }
    }
    this.#placed.set(folder, { ...read, file, folder, replaced });
    this.#add(file, printKustomization(read.value, replaced));
    for (const { patch, place } of read.patches) {
      if (patch !== undefined) ensureFewValues(place, patch);
    }
    return next;
  }

  async #remote(
    { reference, place }: FollowedEntry & { reference: RemoteReference },
    by: Task,
    signal: AbortSignal,
  ): Promise<Task> {
    const { repository, folder, commit } = reference;
    return {
      root: await this.#open(
        repository,
        commit,
        { by: by.root, place },
        signal,
      ),
      path: folder,
      as: 'folder',
      mayBeOther: false,
      depth: by.depth + 1,
      from: { place, written: repository },
    };
  }

  #local(
    { reference, place, use }: FollowedEntry & { reference: LocalReference },
    by: Task,
  ): Task {
    const { path: written } = reference;
    const refuse = (why: string) =>
      kustomizationErrors.reference(place, written, why);
    const path = containedPath(by.path, written);
    if (path === undefined) throw refuse('leads out of the repository');
    if (isBelow(`${path}/`, basesFolder)) {
      throw refuse('is a folder that rendering takes for itself');
    }
    const isFile = use === 'yaml' || use === 'text';
    const looksLikeFile = use === 'resource' && /\.(?:ya?ml|json)$/i.test(path);
    const isInFolder = isBelow(path, by.path);
    if ((isFile || looksLikeFile) && !isInFolder) {
      throw refuse(
        'leads out of the folder of its kustomization, below which kustomize reads files',
      );
    }
    return {
      root: by.root,
      path,
      // What may be both is looked for as a file first: nothing is asked for below something that is no folder.
      as: isFile || (use === 'resource' && isInFolder) ? 'file' : 'folder',
      mayBeOther: use === 'resource' && isInFolder,
      depth: by.depth + 1,
      from: { place, written },
    };
  }

  async #open(
    repository: string,
    commit: string,
    { by, place }: { readonly by: Root; readonly place: Place },
    signal: AbortSignal,
  ): Promise<Root> {
    if (
      by.repository !== undefined &&
      !isOfThisMachine(by.repository) &&
      isOfThisMachine(repository)
    ) {
      throw kustomizationErrors.localBase(place, repository);
    }
    const key = `${commit} ${repository}`;
    const known = this.#bases.get(key);
    if (known !== undefined) return known;
    if (this.#bases.size === treeLimits.bases) {
      throw kustomizationErrors.tooLarge(
        `${place}: more than ${treeLimits.bases} repositories are named as bases`,
      );
    }
    const root = {
      source: await this.#openBase(repository, commit, signal),
      at: `${basesFolder}/${this.#bases.size + 1}`,
      repository,
    };
    this.#bases.set(key, root);
    return root;
  }

  #add(path: string, text: string): void {
    if (this.#files.has(path)) return;
    this.#characters += text.length;
    if (this.#files.size === treeLimits.files) {
      throw tooManyFiles();
    }
    if (this.#characters > treeLimits.characters) throw tooManyCharacters();
    this.#files.set(path, text);
  }

  #ensureShallow({ depth, root, path }: Task): void {
    const name = this.#nameOf(inTree(root, path)) || '.';
    if (depth > treeLimits.depth) {
      throw kustomizationErrors.tooLarge(
        `${name} is included through more than ${treeLimits.depth} other kustomizations`,
      );
    }
    if (this.#placed.size === treeLimits.folders) {
      throw kustomizationErrors.tooLarge(
        `the overlay includes more than ${treeLimits.folders} kustomizations`,
      );
    }
  }

  /** The other thing that a path may be, where it is not what it looks like. */
  #otherwise(task: Task): Task {
    const { root, path, as, mayBeOther, from } = task;
    const name = this.#nameOf(inTree(root, path)) || '.';
    if (from === undefined) throw kustomizationErrors.missing(name);
    if (mayBeOther) {
      return {
        ...task,
        as: as === 'file' ? 'folder' : 'file',
        mayBeOther: false,
      };
    }
    throw kustomizationErrors.fileMissing(
      from.place,
      from.written,
      as === 'file'
        ? `there is no file ${name}`
        : `${name} is no folder with a kustomization.yaml`,
    );
  }

  /** Of a base with its repository before it. */
  #nameOf(path: string): string {
    const match = /^\.dojo-bases\/(\d+)(?:\/(.*))?$/.exec(path);
    if (match === null) return `${this.#shownRoot}${path}`;
    const base = [...this.#bases.values()][Number(match[1]) - 1];
    const repository = withoutCredentials(base?.repository ?? '');
    return `${repository}//${match[2] ?? ''}`;
  }
}

function isOfThisMachine(address: string): boolean {
  return !/^(?:https?|ssh):|^[^/]+@/i.test(address);
}

function tooManyFiles() {
  return kustomizationErrors.tooLarge(
    `the overlay and its bases name more than ${treeLimits.files} files`,
  );
}
