/** A project on a GitLab. */
export interface GitlabProject {
  /** Lower case; with the port where an https or http address has one: `gitlab.com`. */
  readonly host: string;
  /** With all groups above it: `acme/platform/infra`. */
  readonly path: string;
}

const address =
  /^(?:https?:\/\/(?:[^/@]*@)?([^/@]+)\/|(?:ssh|git):\/\/(?:[^/@]*@)?([^/:@]+)(?::\d+)?\/|(?:[^/@:]+@)?([^/@:]+):(?!\/))(.+?)(?:\.git)?\/?$/;
/** GitLab, "Reserved project and group names": letters, digits, dashes, underscores and dots. */
const partPattern = /^(?![.-])[A-Za-z0-9_.-]{1,255}$/;
const maxParts = 21;

/** Reads host and path of a project's address: groups may be in groups. @returns undefined where it has no such form. */
export function parseGitlabProject(
  repository: string,
): GitlabProject | undefined {
  if (repository.length > 2_000) return undefined;
  const [, webHost, sshHost, scpHost, path = ''] =
    address.exec(repository) ?? [];
  const host = webHost ?? sshHost ?? scpHost;
  const parts = path.split('/');
  if (host === undefined || parts.length < 2 || parts.length > maxParts) {
    return undefined;
  }
  return parts.every(part => partPattern.test(part))
    ? { host: host.toLowerCase(), path }
    : undefined;
}
