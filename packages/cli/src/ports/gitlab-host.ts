import { cliErrors } from '../cli-errors';

/** Where GitLab is: the host of its repositories, and the base of its REST API. */
export interface GitlabHost {
  readonly host: string;
  readonly apiBaseUrl: string;
}

/**
 * gitlab.com, or the server that `CI_SERVER_URL` and `CI_API_V4_URL` name, as GitLab CI sets both; the one place that
 * `GITLAB_TOKEN` is sent to.
 *
 * @throws DojoError CLI_URL_INVALID where one of them is no http(s) URL.
 */
export function gitlabOf(
  env: Readonly<Record<string, string | undefined>>,
): GitlabHost {
  const server = parseUrl('CI_SERVER_URL', env.CI_SERVER_URL);
  const api = parseUrl('CI_API_V4_URL', env.CI_API_V4_URL);
  if (server === undefined || server.host === 'gitlab.com') {
    return { host: 'gitlab.com', apiBaseUrl: 'https://gitlab.com/api/v4' };
  }
  return {
    host: server.host,
    apiBaseUrl: (api?.href ?? `${server.origin}/api/v4`).replace(/\/$/, ''),
  };
}

function parseUrl(name: string, value: string | undefined): URL | undefined {
  if (!value) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && ['http:', 'https:'].includes(url.protocol)) return url;
  throw cliErrors.urlInvalid(name, value);
}
