import { sleep } from '../http/retry';
import type { HttpPorts } from '../http/retry';
import { sendRequest } from '../http/send-request';
import type { PullRequests } from '../deploy/ports';
import type { Forge } from '../release/ports';
import type { ForgeAccess } from './forge-client';
import { GithubClient } from './github-client';
import { GithubForge } from './github-forge';
import { GithubPullRequests } from './github-pull-requests';
import { GitlabClient } from './gitlab-client';
import { GitlabMergeRequests } from './gitlab-merge-requests';
import { parseGitlabProject } from './parse-gitlab-project';
import { parseForgeRepository } from './parse-forge-repository';
import type { ForgeRepository } from './parse-forge-repository';

/** A GitHub, and how to reach its API. */
export interface GithubConfig extends ForgeAccess {
  /** Host of the repositories: `github.com`. */
  readonly host: string;
}

/** Options of {@link createForgeOpener}. */
export interface ForgeOpenerOptions {
  readonly githubs: readonly GithubConfig[];
  /** What the client reaches the outside with; default: the platform's own. */
  readonly ports?: Partial<HttpPorts>;
}

/**
 * Makes the function that opens the forge of a repository's address. The token is asked for at each request, so that
 * one of an hour's life may be renewed; it goes to `apiBaseUrl` alone.
 *
 * @returns a function that gives undefined where the address is of no host in `githubs`.
 */
export function createForgeOpener(
  options: ForgeOpenerOptions,
): (repository: string) => Forge | undefined {
  return openerOf(options, (...github) => new GithubForge(...github));
}

/** A GitLab, and how to reach its API. */
export interface GitlabConfig extends ForgeAccess {
  /** Host of the repositories: `gitlab.com`. */
  readonly host: string;
}

/** Options of {@link createPullRequestOpener}. */
export interface PullRequestOpenerOptions extends ForgeOpenerOptions {
  /** Default: none. */
  readonly gitlabs?: readonly GitlabConfig[];
}

/** Makes the function that opens the pull requests of a repository's address, as {@link createForgeOpener} does. */
export function createPullRequestOpener(
  options: PullRequestOpenerOptions,
): (repository: string) => PullRequests | undefined {
  const github = openerOf(options, (...of) => new GithubPullRequests(...of));
  const ports = portsOf(options);
  return address =>
    github(address) ?? openGitlab(address, options.gitlabs ?? [], ports);
}

function openGitlab(
  address: string,
  gitlabs: readonly GitlabConfig[],
  ports: HttpPorts,
): PullRequests | undefined {
  const project = parseGitlabProject(address);
  const gitlab = gitlabs.find(
    ({ host }) => host.toLowerCase() === project?.host,
  );
  if (project === undefined || gitlab === undefined) return undefined;
  const access: ForgeAccess = {
    apiBaseUrl: gitlab.apiBaseUrl.replace(/\/+$/, ''),
    token: () => gitlab.token(),
  };
  const client = new GitlabClient(
    `${project.host}/${project.path}`,
    access,
    ports,
  );
  return new GitlabMergeRequests(project, client, ports);
}

function portsOf(options: ForgeOpenerOptions): HttpPorts {
  return {
    send: sendRequest,
    sleep,
    clock: { now: () => new Date() },
    ...options.ports,
  };
}

function openerOf<T>(
  options: ForgeOpenerOptions,
  create: (
    repository: ForgeRepository,
    client: GithubClient,
    ports: HttpPorts,
  ) => T,
): (repository: string) => T | undefined {
  const ports = portsOf(options);
  return address => {
    const repository = parseForgeRepository(address);
    const github = options.githubs.find(
      ({ host }) => host.toLowerCase() === repository?.host,
    );
    if (repository === undefined || github === undefined) return undefined;
    const { host, owner, name } = repository;
    const access: ForgeAccess = {
      apiBaseUrl: github.apiBaseUrl.replace(/\/+$/, ''),
      token: () => github.token(),
    };
    const client = new GithubClient(`${host}/${owner}/${name}`, access, ports);
    return create(repository, client, ports);
  };
}
