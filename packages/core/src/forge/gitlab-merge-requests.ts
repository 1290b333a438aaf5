import { isDojoError } from 'backstage-plugin-dojo-common';
import { z } from 'zod/v3';
import type { PullRequest, ReviewRule } from '../deploy/ports';
import type { HttpPorts } from '../http/retry';
import { cutBody } from './cut-body';
import { cutTitle } from './cut-title';
import { ForgeRequests } from './forge-requests';
import type { NewRequest } from './forge-requests';
import type { GitlabClient } from './gitlab-client';
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

const approvalsSchema = z.array(
  z.object({
    approvals_required: z.number(),
    protected_branches: z.array(z.object({ name: z.string() })).nullish(),
    applies_to_all_protected_branches: z.boolean().nullish(),
  }),
);
const maxRules = 100;

/** Merge requests over GitLab's REST API v4. */
export class GitlabMergeRequests extends ForgeRequests {
  readonly kind = 'gitlab';

  constructor(
    { host, path }: GitlabProject,
    client: GitlabClient,
    ports: Pick<HttpPorts, 'sleep' | 'clock'>,
  ) {
    super(
      {
        repository: `${host}/${path}`,
        path: `/projects/${encodeURIComponent(path)}`,
      },
      client,
      ports,
      {
        name: 'merge request',
        below: '/merge_requests',
        change: 'PUT',
        states: { open: 'opened', all: 'all' },
        queryOf: ({ head, base }) => ({
          source_branch: head,
          target_branch: base,
          order_by: 'created_at',
          sort: 'desc',
        }),
        toNew: ({ head, base, ...text }) => ({
          source_branch: head,
          target_branch: base,
          ...toText(text),
        }),
        toChange: toText,
        readOne: json => toPullRequest(mergeRequestSchema.parse(json)),
        readList: (json, { head, base }) =>
          z
            .array(mergeRequestSchema)
            .parse(json)
            .filter(one => one.source_branch === head)
            .filter(one => one.target_branch === base)
            .filter(one => one.source_project_id === one.target_project_id)
            .map(toPullRequest),
      },
    );
  }

  /** Approval rules are a paid feature, and not told to everybody: where there is no answer it is not known. */
  async readReviewRule(
    branch: string,
    signal: AbortSignal,
  ): Promise<ReviewRule> {
    const action = 'read the approval rules';
    const path = `${this.path}/approval_rules?per_page=${maxRules}`;
    try {
      const reply = await this.client.request(
        { method: 'GET', path, action },
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

function toText({ title, body }: Pick<NewRequest, 'title' | 'body'>) {
  return { title: cutTitle(title), description: toDescription(body) };
}

/** A line that begins with a slash is a quick action to GitLab, such as `/merge`: it is none of the text's. */
function toDescription(body: string): string {
  return cutBody(body).replace(/^(\s*)\//gm, '$1\\/');
}
