import type { IncomingMessage } from 'node:http';
import { serve } from '../faults/serve';
import type { Answer, FaultyServer } from '../faults/serve';
import { requestViolations } from './gitlab-contract';

/** Tokens that the test's GitLab knows. */
export const gitlabTokens = {
  write: 'glpat-write_0123456789',
  read: 'glpat-read_0123456789',
} as const;

/** A merge request as the API shows it, as far as tests look at it. */
export interface GitlabMergeRequest {
  readonly iid: number;
  readonly state: 'opened' | 'closed' | 'merged' | 'locked';
  readonly title: string;
  readonly description: string | null;
  readonly source_branch: string;
  readonly target_branch: string;
  readonly source_project_id: number;
  readonly target_project_id: number;
  readonly sha: string;
  readonly merge_commit_sha: string | null;
  readonly merge_user: { readonly username: string } | null;
}

/** A rule of approvals, as the API shows it. */
export interface GitlabApprovalRule {
  readonly approvals_required: number;
  readonly protected_branches: readonly { readonly name: string }[];
}

/** A GitLab for the merge requests of one project. Requests are judged by GitLab's published description. */
export interface TestGitlab extends FaultyServer {
  /** Base URL of the REST API. */
  readonly apiBaseUrl: string;
  readonly tokens: typeof gitlabTokens;
  /** Newest first. */
  mergeRequests(): readonly GitlabMergeRequest[];
  add(
    made: Pick<GitlabMergeRequest, 'source_branch'> &
      Partial<GitlabMergeRequest>,
  ): void;
  edit(iid: number, change: Partial<GitlabMergeRequest>): void;
  /** What a branch holds now; `main` is there already. */
  setBranch(name: string, commit: string): void;
  /** Approval rules; undefined: the edition has none, and answers 404. */
  setRules(rules: readonly GitlabApprovalRule[] | undefined): void;
  archive(): void;
  /** Throws, naming each, where a request was against the description: for `afterEach`. */
  verifyContract(): void;
}

/** Longest title, and description, that GitLab takes. */
const maxTitle = 255;
const maxDescription = 1_048_576;

interface Reply {
  readonly status: number;
  readonly json: unknown;
}
const refusal = (status: number, message: unknown): Reply => ({
  status,
  json: { message },
});

/** Starts a GitLab that holds the project `path`. */
export async function startGitlab(path = 'acme/infra'): Promise<TestGitlab> {
  const held: GitlabMergeRequest[] = [];
  const branches = new Map([['main', '0'.repeat(40)]]);
  const violations: string[] = [];
  let rules: readonly GitlabApprovalRule[] | undefined;
  let archived = false;
  const project = `/projects/${encodeURIComponent(path)}`;

  const make = (
    made: Pick<GitlabMergeRequest, 'source_branch'> &
      Partial<GitlabMergeRequest>,
  ): GitlabMergeRequest => {
    const one = {
      iid: held.length + 1,
      state: 'opened' as const,
      title: made.source_branch,
      description: null,
      target_branch: 'main',
      source_project_id: 1,
      target_project_id: 1,
      sha: branches.get(made.source_branch) ?? 'd'.repeat(40),
      merge_commit_sha: null,
      merge_user: null,
      ...made,
    };
    held.push(one);
    return one;
  };
  const show = (one: GitlabMergeRequest) => ({
    id: 1_000 + one.iid,
    project_id: 1,
    web_url: `https://gitlab.com/${path}/-/merge_requests/${one.iid}`,
    author: { id: 1, username: 'ada', name: 'Ada' },
    squash_commit_sha: null,
    ...one,
  });
  const wrongTexts = ({ title, description }: Record<string, unknown>) => {
    if (String(title ?? '').length > maxTitle) {
      return refusal(400, { title: ['is too long'] });
    }
    return String(description ?? '').length > maxDescription
      ? refusal(400, { description: ['is too long'] })
      : undefined;
  };
  const create = (body: Record<string, unknown>): Reply => {
    const { source_branch: source, target_branch: target } = body;
    const wrong = wrongTexts(body);
    if (wrong) return wrong;
    if (!branches.has(String(source))) {
      return refusal(400, { source_branch: ['does not exist'] });
    }
    const open = held.find(
      one =>
        one.state === 'opened' &&
        one.source_branch === source &&
        one.target_branch === target,
    );
    if (open !== undefined) {
      return refusal(409, [
        `Another open merge request already exists for this source branch: !${open.iid}`,
      ]);
    }
    const made = make({
      source_branch: String(source),
      target_branch: String(target),
      title: String(body.title),
      description: String(body.description),
    });
    return { status: 201, json: show(made) };
  };
  const list = (query: URLSearchParams): Reply => {
    const wants = (name: string, value: string) =>
      query.get(name) === null || query.get(name) === value;
    const found = [...held]
      .reverse()
      .filter(
        one =>
          (query.get('state') === 'all' || wants('state', one.state)) &&
          wants('source_branch', one.source_branch) &&
          wants('target_branch', one.target_branch),
      )
      .slice(0, Number(query.get('per_page') ?? 20));
    return { status: 200, json: found.map(show) };
  };
  const answer = (
    method: string,
    url: URL,
    body: Record<string, unknown>,
    token: string,
  ): Reply => {
    if (token === '') return refusal(401, '401 Unauthorized');
    if (!Object.values<string>(gitlabTokens).includes(token)) {
      return refusal(401, '401 Unauthorized');
    }
    if (!url.pathname.startsWith(project)) {
      return refusal(404, '404 Project Not Found');
    }
    if (method !== 'GET' && token === gitlabTokens.read) {
      return refusal(403, '403 Forbidden');
    }
    const rest = url.pathname.slice(project.length);
    if (rest === '') return { status: 200, json: { id: 1, archived } };
    if (rest === '/approval_rules') {
      return rules
        ? { status: 200, json: rules }
        : refusal(404, '404 Not Found');
    }
    if (rest === '/merge_requests') {
      return method === 'POST' ? create(body) : list(url.searchParams);
    }
    const iid = Number(/^\/merge_requests\/(\d+)$/.exec(rest)?.[1]);
    const at = held.findIndex(one => one.iid === iid);
    if (at < 0) return refusal(404, '404 Not found');
    if (method === 'PUT') {
      const wrong = wrongTexts(body);
      if (wrong) return wrong;
      held[at] = { ...held[at], ...body };
    }
    return { status: 200, json: show(held[at]) };
  };

  const server = await serve(async (request, bytes): Promise<Answer> => {
    const { method = '' } = request;
    const url = new URL(request.url ?? '/', 'http://gitlab');
    const body = bytes.length === 0 ? {} : JSON.parse(String(bytes));
    violations.push(
      ...requestViolations({
        method,
        template: url.pathname
          .replace(/^\/projects\/[^/]+/, '/projects/{id}')
          .replace(/\/\d+$/, '/{merge_request_iid}'),
        query: [...url.searchParams],
        body,
      }),
    );
    const { status, json } = answer(method, url, body, tokenOf(request));
    return {
      status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(json),
    };
  });
  return {
    ...server,
    apiBaseUrl: server.url,
    tokens: gitlabTokens,
    mergeRequests: () => [...held].reverse(),
    add: made => void make(made),
    edit: (iid, change) => {
      held[iid - 1] = { ...held[iid - 1], ...change };
    },
    setBranch: (name, commit) => void branches.set(name, commit),
    setRules: to => {
      rules = to;
    },
    archive: () => {
      archived = true;
    },
    verifyContract: () => {
      const found = violations.splice(0);
      if (found.length > 0) {
        throw new Error(`Against GitLab's contract:\n${found.join('\n')}`);
      }
    },
  };
}

function tokenOf({ headers }: IncomingMessage): string {
  return (headers.authorization ?? '').replace(/^Bearer /, '');
}
