/** Hosts that a vendor's token variable is for, and the user name that goes with such a token. */
const vendors = [
  { host: 'github.com', variable: 'GITHUB_TOKEN', user: 'x-access-token' },
  { host: 'gitlab.com', variable: 'GITLAB_TOKEN', user: 'oauth2' },
] as const;

/**
 * The Authorization header for a repository's URL, from the environment. `GITHUB_TOKEN` goes to github.com only and
 * `GITLAB_TOKEN` to gitlab.com only; `DOJO_GIT_TOKEN` (`token` or `user:token`) to the host of the repository that the
 * caller named, or, where `DOJO_GIT_HOST` is set, to that host only.
 */
export function gitAuthorization(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const host = new URL(url).host.toLowerCase();
  const own = env.DOJO_GIT_TOKEN;
  const ownHost = env.DOJO_GIT_HOST?.toLowerCase();
  if (own && (!ownHost || ownHost === host)) {
    return basic(own.includes(':') ? own : `x-access-token:${own}`);
  }
  const vendor = vendors.find(candidate => candidate.host === host);
  const token = vendor && env[vendor.variable];
  return token ? basic(`${vendor.user}:${token}`) : undefined;
}

function basic(userAndToken: string): string {
  return `Basic ${Buffer.from(userAndToken).toString('base64')}`;
}
