import { DojoError } from 'backstage-plugin-dojo-common';

/** Every failure of the forge adapter; `repository` is `github.com/acme/ledger`. */
export const forgeErrors = {
  denied: (repository: string, action: string, said: string) =>
    new DojoError({
      code: 'FORGE_DENIED',
      kind: 'denied',
      message: `${repository}: token missing or refused to ${action}${quote(
        said,
      )}`,
      hint: 'The token needs write access to the contents of this repository ("contents: write", or the classic scope "repo"), and to its pull requests ("pull requests: write") where it opens one; or release with forgeRelease none.',
    }),
  /** The API is reached by plain http, over which no token is sent. */
  notHttps: (repository: string) =>
    new DojoError({
      code: 'FORGE_NOT_HTTPS',
      kind: 'refused',
      message: `${repository}: its API is not https, and a token goes over https or to this machine only`,
      hint: 'Give the https address of the API; or release with forgeRelease none.',
    }),
  repositoryNotFound: (repository: string) =>
    new DojoError({
      code: 'FORGE_REPOSITORY_NOT_FOUND',
      kind: 'not-found',
      message: `${repository}: not found, or the token may not see it`,
      hint: "Check the repository's name, and that the token covers it.",
    }),
  archived: (repository: string) =>
    new DojoError({
      code: 'FORGE_REPOSITORY_ARCHIVED',
      kind: 'refused',
      message: `${repository}: archived, so nothing can be written in it`,
      hint: 'Unarchive it; or release without a forge release.',
    }),
  rateLimited: (repository: string, until: Date | undefined) =>
    new DojoError({
      code: 'FORGE_RATE_LIMITED',
      kind: 'unavailable',
      message: `${repository}: the rate limit of the API is used up${
        until === undefined ? '' : ` until ${until.toISOString()}`
      }`,
      hint: `Run it again ${
        until === undefined ? 'later' : 'after that time'
      }: what is done stays done, and the rest is finished.`,
    }),
  redirected: (repository: string, host: string) =>
    new DojoError({
      code: 'FORGE_REDIRECTED',
      kind: 'refused',
      message: `${repository}: the forge redirects to ${host}, which is not followed`,
      hint: 'Use the address under which the repository is now.',
    }),
  renamed: (repository: string) =>
    new DojoError({
      code: 'FORGE_REPOSITORY_RENAMED',
      kind: 'refused',
      message: `${repository}: renamed or moved, which a write does not follow`,
      hint: 'Use the address under which the repository is now.',
    }),
  invalid: (repository: string, action: string, status: number, said: string) =>
    new DojoError({
      code: 'FORGE_REFUSED',
      kind: 'refused',
      message: `${repository}: the forge refused to ${action} with status ${status}${quote(
        said,
      )}`,
      hint: "Look at the repository's rules for tags, branches and releases.",
    }),
  unavailable: (repository: string, action: string, what: string) =>
    new DojoError({
      code: 'FORGE_UNAVAILABLE',
      kind: 'unavailable',
      message: `${repository}: could not ${action}: ${what}`,
      hint: 'Run it again later: what is done stays done, and the rest is finished.',
    }),
};

function quote(said: string): string {
  return said === '' ? '' : ` (it says: ${said})`;
}
