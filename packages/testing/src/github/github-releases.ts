import type { Json } from './to-json-schema';

/** A release as the API shows it; the fields that tests look at are typed. */
export interface GithubRelease extends Json {
  readonly tag_name: string;
  readonly name: string | null;
  readonly body: string | null;
  readonly draft: boolean;
  readonly prerelease: boolean;
  /** As asked for; GitHub does not show it. */
  readonly make_latest?: unknown;
}

/** The releases of a repository, under GitHub's rules: one published release a tag, drafts beside it. */
export class GithubReleases {
  readonly #held: GithubRelease[] = [];
  readonly #example: Json;

  /** @param example a release, of which each new one takes what nobody looks at. */
  constructor(example: Json) {
    this.#example = example;
  }

  /** Newest first. */
  get all(): readonly GithubRelease[] {
    return [...this.#held].reverse();
  }

  /** By tag; a draft is not found by its tag. */
  published(tag: string): GithubRelease | undefined {
    return this.#held.find(each => each.tag_name === tag && !each.draft);
  }

  /** @returns undefined where the tag has a published release. */
  create(request: Json): GithubRelease | undefined {
    const tag = String(request.tag_name);
    const isDraft = request.draft === true;
    if (!isDraft && this.published(tag)) return undefined;
    const id = this.#held.length + 1;
    const made: GithubRelease = {
      ...this.#example,
      id,
      html_url: `https://github.com/acme/ledger/releases/tag/${encodeURIComponent(
        tag,
      )}`,
      tag_name: tag,
      name: typeof request.name === 'string' ? request.name : tag,
      body: typeof request.body === 'string' ? request.body : null,
      draft: isDraft,
      prerelease: request.prerelease === true,
      published_at: isDraft ? null : '2026-11-22T00:00:00Z',
      make_latest: request.make_latest,
    };
    this.#held.push(made);
    return made;
  }

  add(release: Partial<GithubRelease> & { tag_name: string }): void {
    this.create(release);
  }

  edit(tag: string, change: Partial<GithubRelease>): void {
    const at = this.#held.findIndex(each => each.tag_name === tag);
    if (at < 0) throw new Error(`no release of ${tag}`);
    this.#held[at] = { ...this.#held[at], ...change };
  }
}
