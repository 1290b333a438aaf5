import { githubOf } from './github-host';
import { gitlabOf } from './gitlab-host';

/**
 * The Authorization header for a repository's URL, from the environment. `GITHUB_TOKEN` goes to the host of {@link githubOf}
 * only and `GITLAB_TOKEN` to that of {@link gitlabOf} only; `DOJO_GIT_TOKEN` (`token` or `user:token`) to the host of the repository that the
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
  if (env.GITHUB_TOKEN && host === githubOf(env).host) {
    return basic(`x-access-token:${env.GITHUB_TOKEN}`);
  }
  if (env.GITLAB_TOKEN && host === gitlabOf(env).host) {
    return basic(`oauth2:${env.GITLAB_TOKEN}`);
  }
  return undefined;
}

/** What to do where a host wants a token, in the words of who runs the command. */
export const tokenHint = 'Set GITHUB_TOKEN, GITLAB_TOKEN or DOJO_GIT_TOKEN.';

function basic(userAndToken: string): string {
  return `Basic ${Buffer.from(userAndToken).toString('base64')}`;
}
