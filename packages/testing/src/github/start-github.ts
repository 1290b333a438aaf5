import type { IncomingMessage } from 'node:http';
import { serve } from '../faults/serve';
import type { Answer, FaultyServer } from '../faults/serve';
import { failure, invalid, moved } from './github-answers';
import type { GithubAnswer } from './github-answers';
import { GithubBranchRules } from './github-branch-rules';
import type { BranchRule } from './github-branch-rules';
import { GithubContract } from './github-contract';
import { GithubPulls } from './github-pulls';
import type { GithubPull, PullToAdd } from './github-pulls';
import { GithubReleases } from './github-releases';
import type { GithubRelease } from './github-releases';
import { isJson } from './to-json-schema';

/** Tokens that the test's GitHub knows. */
export const githubTokens = {
  write: 'ghp_write/Token+0123456789',
  read: 'ghp_read/Token+0123456789',
} as const;

/** A GitHub for the releases and pull requests of one repository. Every request and answer is judged by GitHub's published description. */
export interface TestGithub extends FaultyServer {
  /** Base URL of the REST API. */
  readonly apiBaseUrl: string;
  readonly tokens: typeof githubTokens;
  /** What is there, newest first; drafts too. */
  releases(): readonly GithubRelease[];
  /** A release that somebody else made, or changed. */
  addRelease(release: Partial<GithubRelease> & { tag_name: string }): void;
  editRelease(tag: string, change: Partial<GithubRelease>): void;
  /** Pull requests that are there, newest first. */
  pulls(): readonly GithubPull[];
  /** A pull request that somebody else opened. */
  addPull(pull: PullToAdd): GithubPull;
  editPull(number: number, change: Partial<GithubPull>): void;
  mergePull(number: number, commit: string): void;
  /** What a branch holds now; `main` is there already. */
  setBranch(name: string, commit: string): void;
  /** What a branch asks for before it takes a change; nothing, until this is called. */
  setRule(branch: string, rule: BranchRule): void;
  /** From now on the old name answers with 301 to the new one. */
  rename(name: string): void;
  archive(): void;
  /** Throws, naming each, where an exchange was against the description: for `afterEach`. */
  verifyContract(): void;
}

/** Longest body of a release that GitHub takes; its API answers 422 to more (docs/reference/forges.md). */
const maxBody = 125_000;

/** Starts a GitHub that holds the repository `owner/name`. */
export async function startGithub(
  options: {
    readonly owner?: string;
    readonly name?: string;
    /** Commit of a branch, read anew each time; default: what `setBranch` says. */
    readonly readBranch?: (name: string) => string | undefined;
  } = {},
): Promise<TestGithub> {
  const { owner = 'acme' } = options;
  let { name = 'ledger' } = options;
  let archived = false;
  const oldNames: string[] = [];
  const contract = new GithubContract();
  const releases = new GithubReleases(contract.example('release'));
  const pulls = new GithubPulls(
    contract.example('pull-request'),
    owner,
    options.readBranch,
  );
  const rules = new GithubBranchRules(contract.example('branch-get'));
  const violations: string[] = [];

  const read = (tag: string): GithubAnswer => {
    const found = releases.published(tag);
    return found ? { status: 200, json: found } : failure(404, 'Not Found');
  };
  const mayNot = (token: string): GithubAnswer | undefined => {
    if (token === githubTokens.read) {
      return failure(403, 'Resource not accessible by personal access token');
    }
    return token === '' ? failure(401, 'Requires authentication') : undefined;
  };
  const create = (body: unknown): GithubAnswer => {
    if (!isJson(body)) return failure(422, 'Validation Failed');
    if (String(body.body ?? '').length > maxBody) {
      const message = `body is too long (maximum is ${maxBody} characters)`;
      return invalid('Release', { field: 'body', code: 'custom', message });
    }
    const made = releases.create(body);
    return made
      ? { status: 201, json: made }
      : invalid('Release', { field: 'tag_name', code: 'already_exists' });
  };
  const repository = (): GithubAnswer => ({
    status: 200,
    json: {
      ...contract.example('full-repository-default-response'),
      // GitHub's own example is against its schema in these two.
      language: 'Python',
      source: undefined,
      name,
      full_name: `${owner}/${name}`,
      archived,
    },
  });
  const route = (
    request: IncomingMessage,
    url: URL,
    body: unknown,
  ): { template: string; result: GithubAnswer } => {
    const { method = '' } = request;
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    const [, prefix, rest = ''] =
      /^(\/repos\/[^/]+\/[^/]+|\/repositories\/1)(\/.*)?$/.exec(url.pathname) ??
      [];
    const tag = /^\/releases\/tags\/(.+)$/.exec(rest)?.[1];
    const template = `/repos/{owner}/{repo}${rest
      .replace(/^\/releases\/tags\/.+$/, '/releases/tags/{tag}')
      .replace(/^\/pulls\/.+$/, '/pulls/{pull_number}')
      .replace(/^(\/rules)?\/branches\/[^/]+/, '$1/branches/{branch}')}`;
    const isKnown =
      prefix === '/repositories/1' || prefix === `/repos/${owner}/${name}`;
    const known: string[] = ['', ...Object.values(githubTokens)];
    const answerIt = (): GithubAnswer => {
      if (!known.includes(token)) return failure(401, 'Bad credentials');
      if (oldNames.some(old => prefix === `/repos/${owner}/${old}`)) {
        const origin = `http://${request.headers.host}`;
        return moved(method, `${origin}/repositories/1${rest}`);
      }
      if (!isKnown) return failure(404, 'Not Found');
      const refusal = method === 'GET' ? undefined : mayNot(token);
      if (refusal !== undefined) return refusal;
      if (rest.startsWith('/pulls')) {
        return pulls.answer(method, rest, url.searchParams, body);
      }
      const ruled = rules.answer(rest);
      if (ruled !== undefined) return ruled;
      if (method === 'POST') return create(body);
      if (tag !== undefined) return read(decodeURIComponent(tag));
      return rest === '/releases'
        ? { status: 200, json: releases.all.filter(each => !each.draft) }
        : repository();
    };
    return { template, result: answerIt() };
  };

  const server = await serve(async (request, bytes): Promise<Answer> => {
    const { method = '' } = request;
    const url = new URL(request.url ?? '/', 'http://github');
    const body = bytes.length === 0 ? undefined : JSON.parse(String(bytes));
    const { template, result } = route(request, url, body);
    violations.push(
      ...headerViolations(request),
      ...contract.violations({
        method,
        template,
        query: [...url.searchParams.keys()],
        requestBody: body,
        status: result.status,
        responseBody: JSON.parse(JSON.stringify(result.json)),
      }),
    );
    return {
      status: result.status,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...result.headers,
      },
      body: JSON.stringify(result.json),
    };
  });
  return {
    ...server,
    apiBaseUrl: server.url,
    tokens: githubTokens,
    releases: () => releases.all,
    addRelease: release => releases.add(release),
    editRelease: (tag, change) => releases.edit(tag, change),
    pulls: () => pulls.all,
    addPull: pull => pulls.add(pull),
    editPull: (number, change) => {
      if (!pulls.edit(number, change)) throw new Error(`no pull ${number}`);
    },
    mergePull: (number, commit) => pulls.merge(number, commit),
    setBranch: (branch, commit) => pulls.setBranch(branch, commit),
    setRule: (branch, rule) => rules.set(branch, rule),
    rename: to => {
      oldNames.push(name);
      name = to;
    },
    archive: () => {
      archived = true;
    },
    verifyContract: () => {
      const found = violations.splice(0);
      if (found.length > 0) {
        throw new Error(`Against GitHub's contract:\n${found.join('\n')}`);
      }
    },
  };
}

function headerViolations({ headers }: IncomingMessage): string[] {
  const wrong: string[] = [];
  if (!headers['user-agent']) wrong.push('a request has no user-agent');
  if (headers.accept !== 'application/vnd.github+json') {
    wrong.push(`a request accepts ${headers.accept}`);
  }
  if (headers['x-github-api-version'] !== '2022-11-28') {
    wrong.push('a request names no API version');
  }
  return wrong;
}
