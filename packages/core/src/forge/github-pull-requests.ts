import type { components, operations } from '@octokit/openapi-types';
import { z } from 'zod/v3';
import type { PullRequest, ReviewRule } from '../deploy/ports';
import type { HttpPorts } from '../http/retry';
import { cutBody } from './cut-body';
import { cutTitle } from './cut-title';
import { ForgeRequests } from './forge-requests';
import type { GithubClient } from './github-client';
import type { ForgeRepository } from './parse-forge-repository';
import { readGithubReviewRule } from './github-review-rule';

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

/** Pull requests over GitHub's REST API. */
export class GithubPullRequests extends ForgeRequests {
  readonly kind = 'github';

  constructor(
    { host, owner, name }: ForgeRepository,
    client: GithubClient,
    ports: Pick<HttpPorts, 'sleep' | 'clock'>,
  ) {
    super(
      {
        repository: `${host}/${owner}/${name}`,
        path: `/repos/${owner}/${name}`,
      },
      client,
      ports,
      {
        name: 'pull request',
        below: '/pulls',
        change: 'PATCH',
        states: { open: 'open', all: 'all' },
        queryOf: ({ head, base }) => ({ head: `${owner}:${head}`, base }),
        toNew: ({ head, base, title, body }): CreatePull => ({
          head,
          base,
          title: cutTitle(title),
          body: cutBody(body),
          maintainer_can_modify: false,
        }),
        toChange: ({ title, body }): UpdatePull => ({
          title: cutTitle(title),
          body: cutBody(body),
        }),
        readOne: json => toPullRequest(pullSchema.parse(json)),
        readList: (json, { head, base }) =>
          z
            .array(pullSchema)
            .parse(json)
            .filter(pull => pull.head.ref === head && pull.base.ref === base)
            // An owner may have forked their own.
            .filter(pull => pull.head.repo?.id === pull.base.repo?.id)
            .map(toPullRequest),
      },
    );
  }

  readReviewRule(branch: string, signal: AbortSignal): Promise<ReviewRule> {
    return readGithubReviewRule(this.client, this.path, branch, signal);
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
