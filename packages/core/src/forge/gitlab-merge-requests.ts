import { isDojoError } from 'backstage-plugin-dojo-common';
import { z } from 'zod/v3';
import type { PullRequest, PullRequests, ReviewRule } from '../deploy/ports';
import type { HttpPorts } from '../http/retry';
import { createOnce } from './create-once';
import { cutBody } from './cut-body';
import { forgeErrors } from './forge-errors';
import type { GitlabClient, GitlabReply, GitlabRequest } from './gitlab-client';
import type { GitlabProject } from './parse-gitlab-project';

/** The fields of GitLab's merge request that are read (REST API, "Merge requests"). */
const mergeRequestSchema = z.object({
  iid: z.number(),
  web_url: z.string(),
  state: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  author: z.object({ username: z.string() }).nullish(),
  sha: z.string().nullish(),
  source_branch: z.string(),
  target_branch: z.string(),
  source_project_id: z.number().nullish(),
  target_project_id: z.number(),
  merge_commit_sha: z.string().nullish(),
  squash_commit_sha: z.string().nullish(),
  merge_user: z.object({ username: z.string() }).nullish(),
});
type MergeRequest = z.infer<typeof mergeRequestSchema>;

const projectSchema = z.object({
  archived: z.boolean().optional(),
  approvals_before_merge: z.number().nullish(),
});
const approvalsSchema = z.array(
  z.object({
    approvals_required: z.number(),
    protected_branches: z.array(z.object({ name: z.string() })).nullish(),
    applies_to_all_protected_branches: z.boolean().nullish(),
  }),
);

type Branches = Parameters<PullRequests['findOpen']>[0];

/** GitLab takes 255 characters. */
const maxTitle = 250;
const maxPage = 100;

/** {@link PullRequests} over GitLab's REST API v4, where they are called merge requests. */
export class GitlabMergeRequests implements PullRequests {
  readonly kind = 'gitlab';
  readonly webUrl: string;
  readonly #repository: string;
  readonly #path: string;
  readonly #client: GitlabClient;
  readonly #ports: Pick<HttpPorts, 'sleep' | 'clock'>;

  constructor(
    { host, path }: GitlabProject,
    client: GitlabClient,
    ports: Pick<HttpPorts, 'sleep' | 'clock'>,
  ) {
    this.#client = client;
    this.#ports = ports;
    this.#repository = `${host}/${path}`;
    this.webUrl = `https://${this.#repository}`;
    this.#path = `/projects/${encodeURIComponent(path)}`;
  }

  async verifyAccess(signal: AbortSignal): Promise<void> {
    const action = 'open merge requests';
    if (!this.#client.isSafe) throw forgeErrors.notHttps(this.#repository);
    if (!(await this.#client.hasToken())) {
      throw forgeErrors.denied(this.#repository, action, '');
    }
    const reply = await this.#request('GET', '', 'read the project', signal);
    if (reply.status !== 200) {
      throw forgeErrors.repositoryNotFound(this.#repository);
    }
    if (projectSchema.safeParse(reply.json).data?.archived) {
      throw forgeErrors.archived(this.#repository);
    }
  }

  /** Approval rules are a paid feature, and not told to everybody: where there is no answer it is not known. */
  async readReviewRule(
    branch: string,
    signal: AbortSignal,
  ): Promise<ReviewRule> {
    const action = 'read the approval rules';
    try {
      const reply = await this.#request(
        'GET',
        `/approval_rules?per_page=${maxPage}`,
        action,
        signal,
      );
      const rules = approvalsSchema.safeParse(reply.json);
      if (reply.status !== 200 || !rules.success) return 'unknown';
      const isRequired = rules.data.some(
        rule =>
          rule.approvals_required > 0 &&
          (!rule.protected_branches?.length ||
            rule.protected_branches.some(({ name }) => name === branch)),
      );
      return isRequired ? 'enforced' : 'not-enforced';
    } catch (error) {
      signal.throwIfAborted();
      if (isDojoError(error)) return 'unknown';
      throw error;
    }
  }

  async findOpen(
    branches: Branches,
    signal: AbortSignal,
  ): Promise<PullRequest | undefined> {
    const [found] = await this.#list(branches, 'opened', maxPage, signal);
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
    const action = `read merge request ${number}`;
    const path = `/merge_requests/${number}`;
    const reply = await this.#request('GET', path, action, signal);
    if (reply.status === 404) return undefined;
    return toPullRequest(this.#parse(mergeRequestSchema, reply, action));
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
    const action = `update merge request ${number}`;
    const reply = await this.#request(
      'PUT',
      `/merge_requests/${number}`,
      action,
      signal,
      { title: cutTitle(title), description: toDescription(body) },
    );
    if (reply.status !== 200) throw this.#refused(reply, action);
    return toPullRequest(this.#parse(mergeRequestSchema, reply, action));
  }

  async #post(
    { head, base, title, body }: Parameters<PullRequests['create']>[0],
    signal: AbortSignal,
  ): Promise<PullRequest> {
    const action = `open a merge request from ${head} to ${base}`;
    const reply = await this.#request(
      'POST',
      '/merge_requests',
      action,
      signal,
      {
        source_branch: head,
        target_branch: base,
        title: cutTitle(title),
        description: toDescription(body),
      },
    );
    if (reply.status === 201) {
      return toPullRequest(this.#parse(mergeRequestSchema, reply, action));
    }
    if (reply.status === 404) {
      throw forgeErrors.denied(this.#repository, action, reply.said);
    }
    // 409: one is open between the branches already, which its words alone name.
    const open = await this.findOpen({ head, base }, signal);
    if (open !== undefined) return open;
    throw this.#refused(reply, action);
  }

  async #list(
    { head, base }: Branches,
    state: 'opened' | 'all',
    cap: number,
    signal: AbortSignal,
  ): Promise<PullRequest[]> {
    const action = `list the merge requests from ${head} to ${base}`;
    const query = new URLSearchParams({
      state,
      source_branch: head,
      target_branch: base,
      order_by: 'created_at',
      sort: 'desc',
      per_page: `${Math.min(cap, maxPage)}`,
    });
    const path = `/merge_requests?${query}`;
    const reply = await this.#request('GET', path, action, signal);
    if (reply.status !== 200) throw this.#refused(reply, action);
    return this.#parse(z.array(mergeRequestSchema), reply, action)
      .filter(one => one.source_branch === head && one.target_branch === base)
      .filter(one => one.source_project_id === one.target_project_id)
      .map(toPullRequest);
  }

  #request(
    method: GitlabRequest['method'],
    below: string,
    action: string,
    signal: AbortSignal,
    json?: unknown,
  ): Promise<GitlabReply> {
    const path = `${this.#path}${below}`;
    return this.#client.request(
      { method, path, action, ...(json !== undefined && { json }) },
      signal,
    );
  }

  #parse<T>(
    schema: z.ZodType<T, z.ZodTypeDef, unknown>,
    reply: GitlabReply,
    action: string,
  ): T {
    const parsed = schema.safeParse(reply.json);
    if (parsed.success) return parsed.data;
    throw forgeErrors.unavailable(
      this.#repository,
      action,
      'the answer is no merge request as GitLab describes it',
    );
  }

  #refused({ status, said }: GitlabReply, action: string): Error {
    return forgeErrors.invalid(this.#repository, action, status, said);
  }
}

/** `locked` is one that is being merged: not to be changed, and not merged yet. */
function toPullRequest(one: MergeRequest): PullRequest {
  const isMerged = one.state === 'merged';
  const isOpen = one.state === 'opened' || one.state === 'locked';
  const unmerged = isOpen ? 'open' : 'closed';
  const landed = one.merge_commit_sha ?? one.squash_commit_sha;
  return {
    number: one.iid,
    url: one.web_url,
    state: isMerged ? 'merged' : unmerged,
    head: one.source_branch,
    headCommit: one.sha ?? '',
    base: one.target_branch,
    title: one.title,
    body: one.description ?? '',
    ...(one.author && { author: one.author.username }),
    ...(isMerged && landed && { mergeCommit: landed }),
    ...(isMerged && one.merge_user && { mergedBy: one.merge_user.username }),
  };
}

function cutTitle(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  return line.length > maxTitle
    ? `${line.slice(0, maxTitle - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
    : line;
}

/** A line that begins with a slash is a quick action to GitLab, such as `/merge`: it is none of the text's. */
function toDescription(body: string): string {
  return cutBody(body).replace(/^(\s*)\//gm, '$1\\/');
}
