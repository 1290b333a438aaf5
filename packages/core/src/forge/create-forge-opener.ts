import { sleep } from '../http/retry';
import type { HttpPorts } from '../http/retry';
import { sendRequest } from '../http/send-request';
import type { PullRequests } from '../deploy/ports';
import type { Forge } from '../release/ports';
import { GithubClient } from './github-client';
import type { GithubAccess } from './github-client';
import { GithubForge } from './github-forge';
import { GithubPullRequests } from './github-pull-requests';
import { parseForgeRepository } from './parse-forge-repository';
import type { ForgeRepository } from './parse-forge-repository';

/** A GitHub, and how to reach its API. */
export interface GithubConfig extends GithubAccess {
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

/** Makes the function that opens the pull requests of a repository's address, as {@link createForgeOpener} does. */
export function createPullRequestOpener(
  options: ForgeOpenerOptions,
): (repository: string) => PullRequests | undefined {
  return openerOf(options, (...github) => new GithubPullRequests(...github));
}

function openerOf<T>(
  options: ForgeOpenerOptions,
  create: (
    repository: ForgeRepository,
    client: GithubClient,
    ports: HttpPorts,
  ) => T,
): (repository: string) => T | undefined {
  const ports: HttpPorts = {
    send: sendRequest,
    sleep,
    clock: { now: () => new Date() },
    ...options.ports,
  };
  return address => {
    const repository = parseForgeRepository(address);
    const github = options.githubs.find(
      ({ host }) => host.toLowerCase() === repository?.host,
    );
    if (repository === undefined || github === undefined) return undefined;
    const { host, owner, name } = repository;
    const access: GithubAccess = {
      apiBaseUrl: github.apiBaseUrl.replace(/\/+$/, ''),
      token: () => github.token(),
    };
    const client = new GithubClient(`${host}/${owner}/${name}`, access, ports);
    return create(repository, client, ports);
  };
}
