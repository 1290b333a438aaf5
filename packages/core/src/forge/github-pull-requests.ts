import type { components, operations } from '@octokit/openapi-types';
import { z } from 'zod/v3';
import type { PullRequest, PullRequests, ReviewRule } from '../deploy/ports';
import type { HttpPorts } from '../http/retry';
import { createOnce } from './create-once';
import { cutBody } from './cut-body';
import { forgeErrors } from './forge-errors';
import type { GithubClient, GithubReply, GithubRequest } from './github-client';
import type { ForgeRepository } from './parse-forge-repository';
import { readGithubReviewRule } from './github-review-rule';
import { verifyGithubAccess } from './verify-github-access';

type CreatePull = NonNullable<
  operations['pulls/create']['requestBody']
>['content']['application/json'];
type UpdatePull = NonNullable<
  operations['pulls/update']['requestBody']
>['content']['application/json'];

const userSchema = z.object({ login: z.string() }).nullish();
const branchSchema = z.object({
  ref: z.string(),
  sha: z.string(),
  // Of a fork that is gone there is none.
  repo: z.object({ id: z.number() }).nullable(),
});

/** The fields of GitHub's `pull-request` that are read; the type ties them to the published description. */
const pullSchema = z.object({
  number: z.number(),
  html_url: z.string(),
  state: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  user: userSchema,
  merged_at: z.string().nullable(),
  // Not in a list.
  merged_by: userSchema,
  merge_commit_sha: z.string().nullable(),
  head: branchSchema,
  base: branchSchema,
}) satisfies z.ZodType<
  Pick<
    components['schemas']['pull-request'],
    'number' | 'html_url' | 'title' | 'merged_at' | 'merge_commit_sha'
  >,
  z.ZodTypeDef,
  unknown
>;
type Pull = z.infer<typeof pullSchema>;

type Branches = Parameters<PullRequests['findOpen']>[0];

/** GitHub takes 256 characters. */
const maxTitle = 250;
const maxPage = 100;

/** {@link PullRequests} over GitHub's REST API. */
export class GithubPullRequests implements PullRequests {
  readonly kind = 'github';
  readonly webUrl: string;
  readonly #repository: string;
  readonly #owner: string;
  readonly #path: string;
  readonly #client: GithubClient;
  readonly #ports: Pick<HttpPorts, 'sleep' | 'clock'>;

  constructor(
    { host, owner, name }: ForgeRepository,
    client: GithubClient,
    ports: Pick<HttpPorts, 'sleep' | 'clock'>,
  ) {
    this.#client = client;
    this.#ports = ports;
    this.#owner = owner;
    this.#repository = `${host}/${owner}/${name}`;
    this.webUrl = `https://${this.#repository}`;
    this.#path = `/repos/${owner}/${name}`;
  }

  verifyAccess(signal: AbortSignal): Promise<void> {
    return verifyGithubAccess(
      this.#client,
      {
        repository: this.#repository,
        path: this.#path,
        action: 'open pull requests',
      },
      signal,
    );
  }

  readReviewRule(branch: string, signal: AbortSignal): Promise<ReviewRule> {
    return readGithubReviewRule(this.#client, this.#path, branch, signal);
  }

  async findOpen(
    branches: Branches,
    signal: AbortSignal,
  ): Promise<PullRequest | undefined> {
    const [found] = await this.#list(branches, 'open', maxPage, signal);
    return found;
  }

  list(
    branches: Branches,
    cap: number,
    signal: AbortSignal,
  ): Promise<readonly PullRequest[]> {
    return this.#list(branches, 'all', cap, signal);
  }

  async read(
    number: number,
    signal: AbortSignal,
  ): Promise<PullRequest | undefined> {
    const action = `read pull request ${number}`;
    const path = `${this.#path}/pulls/${number}`;
    const request: GithubRequest = { method: 'GET', path, action };
    const reply = await this.#client.request(request, signal);
    if (reply.status === 404) return undefined;
    return toPullRequest(this.#parse(pullSchema, reply, action));
  }

  create(
    request: Parameters<PullRequests['create']>[0],
    signal: AbortSignal,
  ): Promise<PullRequest> {
    return createOnce(
      () => this.#post(request, signal),
      () => this.findOpen(request, signal),
      this.#ports,
      signal,
    );
  }

  async update(
    number: number,
    { title, body }: Parameters<PullRequests['update']>[1],
    signal: AbortSignal,
  ): Promise<PullRequest> {
    const action = `update pull request ${number}`;
    const json: UpdatePull = { title: cutTitle(title), body: cutBody(body) };
    const path = `${this.#path}/pulls/${number}`;
    const reply = await this.#client.request(
      { method: 'PATCH', path, json, action },
      signal,
    );
    if (reply.status !== 200) throw this.#refused(reply, action);
    return toPullRequest(this.#parse(pullSchema, reply, action));
  }

  async #post(
    { head, base, title, body }: Parameters<PullRequests['create']>[0],
    signal: AbortSignal,
  ): Promise<PullRequest> {
    const action = `open a pull request from ${head} to ${base}`;
    const json: CreatePull = {
      head,
      base,
      title: cutTitle(title),
      body: cutBody(body),
      maintainer_can_modify: false,
    };
    const path = `${this.#path}/pulls`;
    const reply = await this.#client.request(
      { method: 'POST', path, json, action },
      signal,
    );
    if (reply.status === 404) {
      throw forgeErrors.denied(this.#repository, action, reply.said);
    }
    if (reply.status === 201) {
      return toPullRequest(this.#parse(pullSchema, reply, action));
    }
    // It says so in words alone that one is open already; what is open tells.
    const open = await this.findOpen({ head, base }, signal);
    if (open !== undefined) return open;
    throw this.#refused(reply, action);
  }

  async #list(
    { head, base }: Branches,
    state: 'open' | 'all',
    cap: number,
    signal: AbortSignal,
  ): Promise<PullRequest[]> {
    const action = `list the pull requests from ${head} to ${base}`;
    const query = new URLSearchParams({
      state,
      head: `${this.#owner}:${head}`,
      base,
      per_page: `${Math.min(cap, maxPage)}`,
    });
    const reply = await this.#client.request(
      { method: 'GET', path: `${this.#path}/pulls?${query}`, action },
      signal,
    );
    if (reply.status !== 200) throw this.#refused(reply, action);
    // A filter that GitHub does not understand is left out by it, in silence; and an owner may have forked their own.
    return this.#parse(z.array(pullSchema), reply, action)
      .filter(pull => pull.head.ref === head && pull.base.ref === base)
      .filter(pull => pull.head.repo?.id === pull.base.repo?.id)
      .map(toPullRequest);
  }

  #parse<T>(
    schema: z.ZodType<T, z.ZodTypeDef, unknown>,
    reply: GithubReply,
    action: string,
  ): T {
    const parsed = schema.safeParse(reply.json);
    if (parsed.success) return parsed.data;
    throw forgeErrors.unavailable(
      this.#repository,
      action,
      'the answer is no pull request as GitHub describes it',
    );
  }

  #refused({ status, said }: GithubReply, action: string): Error {
    return forgeErrors.invalid(this.#repository, action, status, said);
  }
}

function toPullRequest(pull: Pull): PullRequest {
  const isMerged = typeof pull.merged_at === 'string';
  const open = pull.state === 'open' ? 'open' : 'closed';
  return {
    number: pull.number,
    url: pull.html_url,
    state: isMerged ? 'merged' : open,
    head: pull.head.ref,
    headCommit: pull.head.sha,
    base: pull.base.ref,
    title: pull.title,
    body: pull.body ?? '',
    ...(pull.user && { author: pull.user.login }),
    // Of one that is open it is a merge that GitHub tried, and that landed nowhere.
    ...(isMerged &&
      pull.merge_commit_sha && { mergeCommit: pull.merge_commit_sha }),
    ...(isMerged && pull.merged_by && { mergedBy: pull.merged_by.login }),
  };
}

function cutTitle(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  return line.length > maxTitle
    ? `${line.slice(0, maxTitle - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
    : line;
}
