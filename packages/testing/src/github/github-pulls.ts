import { failure, invalid } from './github-answers';
import type { GithubAnswer } from './github-answers';
import { isJson } from './to-json-schema';
import type { Json } from './to-json-schema';

/** A pull request as the API shows it; the fields that tests look at are typed. */
export interface GithubPull extends Json {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly title: string;
  readonly body: string | null;
  readonly merged_at: string | null;
}

/** A pull request that somebody else made. */
export interface PullToAdd {
  readonly head: string;
  readonly base?: string;
  readonly title?: string;
  /** It comes from a fork of the same owner. */
  readonly isOfFork?: boolean;
}

/** Longest body that GitHub takes. */
const maxBody = 65_536;
const maxTitle = 256;

/** The pull requests of a repository, under GitHub's rules: one that is open from a branch to another. */
export class GithubPulls {
  readonly #held: GithubPull[] = [];
  readonly #branches = new Map<string, string>([['main', '0'.repeat(40)]]);
  readonly #example: Json;
  readonly #owner: string;
  readonly #commitOf: (name: string) => string | undefined;

  /** @param example a pull request, of which each new one takes what nobody looks at. */
  constructor(
    example: Json,
    owner: string,
    readBranch?: (name: string) => string | undefined,
  ) {
    this.#commitOf = readBranch ?? (name => this.#branches.get(name));
    this.#example = example;
    this.#owner = owner;
  }

  /** Newest first. */
  get all(): readonly GithubPull[] {
    return [...this.#held].reverse();
  }

  /** What the branch holds now, as after a push. */
  setBranch(name: string, commit: string): void {
    this.#branches.set(name, commit);
  }

  add({ head, base = 'main', title = head, isOfFork }: PullToAdd): GithubPull {
    const number = this.#held.length + 1;
    const [headRepo, baseRepo] = ['head', 'base'].map(side =>
      repositoryOf(this.#example, side),
    );
    const made: GithubPull = {
      ...this.#example,
      number,
      html_url: `https://github.com/${this.#owner}/ledger/pull/${number}`,
      state: 'open',
      title,
      body: null,
      merged: false,
      merged_at: null,
      merged_by: null,
      // GitHub's own example of a team is against its schema.
      requested_teams: [],
      // What GitHub tried to merge, and nothing that landed.
      merge_commit_sha: 'e'.repeat(40),
      head: this.#side('head', head, {
        ...headRepo,
        id: isOfFork ? 2 : 1,
      }),
      base: this.#side('base', base, { ...baseRepo, id: 1 }),
    };
    this.#held.push(made);
    return made;
  }

  edit(number: number, change: Partial<GithubPull>): GithubPull | undefined {
    const at = this.#held.findIndex(each => each.number === number);
    if (at < 0) return undefined;
    this.#held[at] = { ...this.#held[at], ...change };
    return this.#held[at];
  }

  merge(number: number, commit: string): void {
    this.edit(number, {
      state: 'closed',
      merged: true,
      merged_at: '2026-11-22T00:00:00Z',
      merged_by: this.#example.user,
      merge_commit_sha: commit,
    });
  }

  /** @param rest what follows the repository in the path. */
  answer(
    method: string,
    rest: string,
    query: URLSearchParams,
    body: unknown,
  ): GithubAnswer {
    const number = Number(/^\/pulls\/(\d+)$/.exec(rest)?.[1] ?? NaN);
    if (method === 'POST') return this.#create(body);
    if (rest === '/pulls') return { status: 200, json: this.#list(query) };
    const found = this.#held.find(each => each.number === number);
    if (found === undefined) return failure(404, 'Not Found');
    if (method !== 'PATCH') return { status: 200, json: found };
    const wrong = isJson(body) ? tooLong(body) : undefined;
    if (wrong !== undefined) return wrong;
    return { status: 200, json: this.edit(number, body as Json) };
  }

  #create(body: unknown): GithubAnswer {
    if (!isJson(body)) return failure(422, 'Validation Failed');
    const [head, base] = [String(body.head), String(body.base)];
    for (const [field, name] of Object.entries({ head, base })) {
      if (this.#commitOf(name) === undefined) {
        return invalid('PullRequest', { field, code: 'invalid' });
      }
    }
    if (this.#commitOf(head) === this.#commitOf(base)) {
      const message = `No commits between ${base} and ${head}`;
      return invalid('PullRequest', { code: 'custom', message });
    }
    const isOpen = this.#held.some(
      each =>
        each.state === 'open' &&
        refOf(each, 'head') === head &&
        refOf(each, 'base') === base &&
        idOf(each, 'head') === 1,
    );
    if (isOpen) {
      const message = `A pull request already exists for ${
        this.#owner
      }:${head}.`;
      return invalid('PullRequest', { code: 'custom', message });
    }
    const wrong = tooLong(body);
    if (wrong !== undefined) return wrong;
    const made = this.add({ head, base, title: String(body.title) });
    const text = typeof body.body === 'string' ? body.body : null;
    return { status: 201, json: this.edit(made.number, { body: text }) };
  }

  #list(query: URLSearchParams): Json[] {
    const state = query.get('state') ?? 'open';
    const head = query.get('head');
    const base = query.get('base');
    return this.all
      .filter(each => state === 'all' || each.state === state)
      .filter(
        each =>
          // Without an owner, GitHub leaves this filter out.
          !head?.includes(':') ||
          head === `${this.#owner}:${refOf(each, 'head')}`,
      )
      .filter(each => base === null || refOf(each, 'base') === base)
      .slice(0, Number(query.get('per_page') ?? 30))
      .map(({ merged, merged_by, ...simple }) => simple);
  }

  #side(side: string, ref: string, repo: Json): Json {
    const before = this.#example[side];
    return {
      ...(isJson(before) ? before : {}),
      label: `${this.#owner}:${ref}`,
      ref,
      sha: this.#commitOf(ref) ?? 'd'.repeat(40),
      repo,
    };
  }
}

function tooLong(body: Json): GithubAnswer | undefined {
  if (String(body.body ?? '').length > maxBody) {
    const message = `body is too long (maximum is ${maxBody} characters)`;
    return invalid('Issue', { field: 'body', code: 'custom', message });
  }
  if (String(body.title ?? '').length > maxTitle) {
    const message = `title is too long (maximum is ${maxTitle} characters)`;
    return invalid('Issue', { field: 'title', code: 'custom', message });
  }
  return undefined;
}

function repositoryOf(example: Json, side: string): Json {
  const at = example[side];
  return isJson(at) && isJson(at.repo) ? at.repo : {};
}

function refOf(pull: GithubPull, side: 'head' | 'base'): unknown {
  const at = pull[side];
  return isJson(at) ? at.ref : undefined;
}

function idOf(pull: GithubPull, side: 'head' | 'base'): unknown {
  return repositoryOf(pull, side).id;
}
