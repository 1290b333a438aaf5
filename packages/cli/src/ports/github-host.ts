import { cliErrors } from '../cli-errors';

/** Where GitHub is: the host of its repositories, and the base of its REST API. */
export interface GithubHost {
  readonly host: string;
  readonly apiBaseUrl: string;
}

/**
 * github.com, or the server that `GITHUB_SERVER_URL` and `GITHUB_API_URL` name, as GitHub Actions sets both; the one
 * place that `GITHUB_TOKEN` is sent to.
 *
 * @throws DojoError CLI_URL_INVALID where one of them is no http(s) URL.
 */
export function githubOf(
  env: Readonly<Record<string, string | undefined>>,
): GithubHost {
  const server = parseUrl('GITHUB_SERVER_URL', env.GITHUB_SERVER_URL);
  const api = parseUrl('GITHUB_API_URL', env.GITHUB_API_URL);
  if (server === undefined || server.host === 'github.com') {
    return { host: 'github.com', apiBaseUrl: 'https://api.github.com' };
  }
  return {
    host: server.host,
    // GitHub Enterprise Server serves its API below /api/v3 (REST API, "Getting started with the REST API").
    apiBaseUrl: (api?.href ?? `${server.origin}/api/v3`).replace(/\/$/, ''),
  };
}

function parseUrl(name: string, value: string | undefined): URL | undefined {
  if (!value) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && ['http:', 'https:'].includes(url.protocol)) return url;
  throw cliErrors.urlInvalid(name, value);
}
