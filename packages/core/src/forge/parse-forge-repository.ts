/** A repository on a forge. */
export interface ForgeRepository {
  /** Lower case; with the port where an https or http address has one: `github.com`. */
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

const address =
  /^(?:https?:\/\/(?:[^/@]*@)?([^/@]+)\/|(?:ssh|git):\/\/(?:[^/@]*@)?([^/:@]+)(?::\d+)?\/|(?:[^/@:]+@)?([^/@:]+):(?!\/))([^/]+)\/([^/]+?)(?:\.git)?\/?$/;
const ownerPattern = /^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?$/;
const namePattern = /^(?!\.{1,2}$)[A-Za-z0-9._-]+$/;

/** Reads host, owner and name of a repository's address. @returns undefined where it has no such form. */
export function parseForgeRepository(
  repository: string,
): ForgeRepository | undefined {
  const [, webHost, sshHost, scpHost, owner, name] =
    address.exec(repository) ?? [];
  const host = webHost ?? sshHost ?? scpHost;
  if (host === undefined) return undefined;
  return ownerPattern.test(owner) && namePattern.test(name)
    ? { host: host.toLowerCase(), owner, name }
    : undefined;
}
