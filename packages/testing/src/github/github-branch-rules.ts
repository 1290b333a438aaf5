import { failure } from './github-answers';
import type { GithubAnswer } from './github-answers';
import type { Json } from './to-json-schema';

/** What a branch asks for before it takes a change. */
export type BranchRule =
  /** A ruleset, which everybody may read. */
  | { readonly kind: 'ruleset'; readonly approvals: number }
  /** Classic protection, which administrators may read. */
  | { readonly kind: 'protection'; readonly approvals: number }
  /** Classic protection, and the token is no administrator's. */
  | { readonly kind: 'hidden' };

/** The rules of a repository's branches, as GitHub tells them. */
export class GithubBranchRules {
  readonly #rules = new Map<string, BranchRule>();
  readonly #example: Json;

  /** @param example a branch, of which each takes what nobody looks at. */
  constructor(example: Json) {
    this.#example = example;
  }

  set(branch: string, rule: BranchRule): void {
    this.#rules.set(branch, rule);
  }

  /** @param rest what follows the repository in the path. @returns undefined: it is about something else. */
  answer(rest: string): GithubAnswer | undefined {
    const [, ruled] = /^\/rules\/branches\/([^/]+)$/.exec(rest) ?? [];
    if (ruled !== undefined) {
      return { status: 200, json: this.#rulesOf(decodeURIComponent(ruled)) };
    }
    const [, name, below] =
      /^\/branches\/([^/]+)(\/protection)?$/.exec(rest) ?? [];
    if (name === undefined) return undefined;
    const branch = decodeURIComponent(name);
    const rule = this.#rules.get(branch);
    return below === undefined
      ? { status: 200, json: this.#branch(branch, rule) }
      : this.#protection(rule);
  }

  #rulesOf(branch: string): Json[] {
    const rule = this.#rules.get(branch);
    if (rule?.kind !== 'ruleset') return [];
    const { approvals } = rule;
    return [
      {
        type: 'pull_request',
        ruleset_source_type: 'Repository',
        ruleset_source: 'acme/ledger',
        ruleset_id: 42,
        parameters: {
          dismiss_stale_reviews_on_push: true,
          require_code_owner_review: false,
          require_last_push_approval: true,
          required_approving_review_count: approvals,
          required_review_thread_resolution: false,
        },
      },
    ];
  }

  #branch(name: string, rule: BranchRule | undefined): Json {
    return {
      ...this.#example,
      name,
      // Of a branch with a ruleset alone GitHub says that it is not protected.
      protected: rule !== undefined && rule.kind !== 'ruleset',
    };
  }

  #protection(rule: BranchRule | undefined): GithubAnswer {
    if (rule?.kind === 'hidden') {
      return failure(403, 'Resource not accessible by integration');
    }
    if (rule?.kind !== 'protection') {
      return failure(404, 'Branch not protected');
    }
    // GitHub's own example is against its schema.
    return {
      status: 200,
      json: {
        enforce_admins: {
          url: 'https://api.github.com/repos/acme/ledger/branches/main/protection/enforce_admins',
          enabled: true,
        },
        required_pull_request_reviews: {
          dismiss_stale_reviews: true,
          require_code_owner_reviews: false,
          required_approving_review_count: rule.approvals,
        },
      },
    };
  }
}
