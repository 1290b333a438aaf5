import { DojoError } from 'backstage-plugin-dojo-common';
import { toPrintable } from '../text/to-printable';

/** Every failure of the git adapter; `repository` is the URL as a reader may see it. */
export const gitErrors = {
  missing: () =>
    new DojoError({
      code: 'GIT_MISSING',
      kind: 'unavailable',
      message: 'the git command was not found',
      hint: 'Install git 2.39 or newer and put it on PATH.',
    }),
  tooOld: (found: string, least: string) =>
    new DojoError({
      code: 'GIT_TOO_OLD',
      kind: 'unavailable',
      message: `git ${found} is too old: ${least} or newer is needed`,
      hint: `Install git ${least} or newer.`,
    }),
  urlInvalid: (url: string, problem: string) =>
    new DojoError({
      code: 'GIT_URL_INVALID',
      kind: 'input',
      message: `repository ${url} is refused: ${problem}`,
      hint: 'Give an https or ssh URL, user@host:path, or a local path.',
    }),
  hostNotAllowed: (url: string, host: string, allowed: readonly string[]) =>
    new DojoError({
      code: 'GIT_HOST_NOT_ALLOWED',
      kind: 'input',
      message: `repository ${url} is at ${host}, which is not an allowed host (allowed: ${
        allowed.join(', ') || 'none'
      })`,
      hint: 'Add the host to integrations or dojo.git.allowedHosts, or use a repository of an allowed host.',
    }),
  outsideRoot: (url: string) =>
    new DojoError({
      code: 'GIT_PATH_OUTSIDE_FORGE',
      kind: 'input',
      message: `repository ${url} is outside the local forge`,
      hint: 'Local repositories are named relative to dojo.localForge.root, such as file:ledger.git.',
    }),
  notFound: (repository: string) =>
    new DojoError({
      code: 'GIT_REPOSITORY_NOT_FOUND',
      kind: 'not-found',
      message: `repository ${repository} was not found`,
      hint: 'Check the address, and that the credentials may read it.',
    }),
  notARepository: (repository: string) =>
    new DojoError({
      code: 'GIT_NOT_A_REPOSITORY',
      kind: 'input',
      message: `${repository} is not a git repository`,
      hint: 'Name a bare repository, or the URL of a remote one.',
    }),
  checkout: (repository: string, origin: string | undefined) =>
    new DojoError({
      code: 'GIT_CHECKOUT',
      kind: 'input',
      message: `${repository} is a checkout, not a repository that takes pushes`,
      hint: origin
        ? `Give the repository it was cloned from: ${origin}`
        : 'Give the bare repository that it pushes to; this checkout names no origin.',
    }),
  foreignOwner: (repository: string) =>
    new DojoError({
      code: 'GIT_FOREIGN_OWNER',
      kind: 'denied',
      message: `repository ${repository} belongs to another user, and git refuses to run in it`,
      hint: 'Run as its owner, or make this user the owner (chown -R).',
    }),
  denied: (repository: string, said: string) =>
    new DojoError({
      code: 'GIT_DENIED',
      kind: 'denied',
      message: `${repository}: token missing or refused${quote(said)}`,
      hint: 'Give credentials for this host that may read and push the repository; over ssh, have its host key in known_hosts too.',
    }),
  /** Nothing was sent that the host could have refused. A whole sentence, so that a page can say it with the hint alone. */
  tokenMissing: (host: string, hint = 'Add it under integrations.') =>
    new DojoError({
      code: 'GIT_DENIED',
      kind: 'denied',
      message: `${host} refuses: no token for this host.`,
      hint,
    }),
  redirected: (repository: string) =>
    new DojoError({
      code: 'GIT_REDIRECTED',
      kind: 'refused',
      message: `${repository} answers with a redirect, which is not followed since it would carry the credentials along`,
      hint: 'Give the address that it redirects to.',
    }),
  unavailable: (repository: string, said: string) =>
    new DojoError({
      code: 'GIT_UNAVAILABLE',
      kind: 'unavailable',
      message: `${repository} cannot be reached${quote(said)}`,
      hint: 'Run it again later: what is done stays done, and the rest is finished.',
    }),
  deadline: (repository: string, verb: string, seconds: number) =>
    new DojoError({
      code: 'GIT_DEADLINE',
      kind: 'unavailable',
      message: `git ${verb} of ${repository} took longer than ${seconds} s and was stopped`,
      hint: 'Run it again later: what is done stays done, and the rest is finished.',
    }),
  outputTooLarge: (repository: string, verb: string, bytes: number) =>
    new DojoError({
      code: 'GIT_OUTPUT_TOO_LARGE',
      kind: 'refused',
      message: `git ${verb} of ${repository} answered more than ${bytes} bytes`,
      hint: 'Delete branches and tags that nobody needs, or release from a smaller repository.',
    }),
  /** What is kept of a repository from reading to reading has no more room. */
  mirrorTooLarge: (repository: string, most: number) =>
    new DojoError({
      code: 'GIT_MIRROR_TOO_LARGE',
      kind: 'refused',
      message: `what is kept of ${repository} would have more than ${most} bytes`,
      hint: 'Take large files out of its history, or keep overlays in a repository of their own.',
    }),
  objectTooLarge: (
    repository: string,
    what: string,
    bytes: number,
    most: number,
  ) =>
    new DojoError({
      code: 'GIT_OBJECT_TOO_LARGE',
      kind: 'refused',
      message: `${what} of ${repository} has ${bytes} bytes; at most ${most} are read`,
      hint: 'Make it smaller, or leave it out of the request.',
    }),
  /** A clone without all of its history: versions and commits may be missing that are elsewhere. */
  shallow: (repository: string) =>
    new DojoError({
      code: 'GIT_SHALLOW',
      kind: 'refused',
      message: `${repository} is a shallow clone: commits and tags of it are missing, so its history cannot be told`,
      hint: 'Name the repository that it was cloned from, or fetch the rest: git fetch --unshallow --tags.',
    }),
  /** Bytes that are no tree, as git checks them where it receives them. */
  treeInvalid: () =>
    new DojoError({
      code: 'GIT_TREE_INVALID',
      kind: 'refused',
      message:
        'the repository holds a folder that is not stored as git stores one',
      hint: 'Look with git fsck, and mend the repository.',
    }),
  /** More text than the commits of any release or deployment have. */
  commitsTooLarge: (repository: string, bytes: number, most: number) =>
    new DojoError({
      code: 'GIT_COMMITS_TOO_LARGE',
      kind: 'refused',
      message: `the commits to be read of ${repository} have ${bytes} bytes together; at most ${most} are read`,
      hint: 'For a release, tag a version by hand closer to the head; else look for commits with very long messages.',
    }),
  refInvalid: (repository: string, name: string) =>
    new DojoError({
      code: 'GIT_REF_INVALID',
      kind: 'input',
      message: `${JSON.stringify(
        toPrintable(name),
      )} of ${repository} is no name that git takes for a branch or ref`,
      hint: 'Use letters, digits, and . _ / - between them (git check-ref-format).',
    }),
  /** `branches`: those that are there. */
  branchNotFound: (
    repository: string,
    branch: string | undefined,
    branches: readonly string[],
  ) =>
    new DojoError({
      code: 'GIT_BRANCH_NOT_FOUND',
      kind: 'not-found',
      message: `${repository} has ${
        branch === undefined ? 'no default branch' : `no branch ${branch}`
      } (branches: ${some(branches)})`,
      hint: 'Name a branch that is there, or push it first.',
    }),
  commitInvalid: (repository: string, commit: string) =>
    new DojoError({
      code: 'GIT_COMMIT_INVALID',
      kind: 'input',
      message: `${JSON.stringify(
        toPrintable(commit),
      )} of ${repository} is no whole object id of a commit`,
      hint: 'Give all 40 hexadecimal digits (64 in a repository of sha256), not a branch, a tag or the first digits.',
    }),
  pathInvalid: (repository: string, path: string) =>
    new DojoError({
      code: 'GIT_PATH_INVALID',
      kind: 'input',
      message: `${JSON.stringify(
        toPrintable(path),
      )} is no path of a file in ${repository}`,
      hint: 'Give a path relative to the repository, with forward slashes and without "..", ".git" and control characters.',
    }),
  fileNotText: (repository: string, path: string) =>
    new DojoError({
      code: 'GIT_FILE_NOT_TEXT',
      kind: 'refused',
      message: `${JSON.stringify(
        toPrintable(path),
      )} of ${repository} is not UTF-8 text`,
      hint: 'Save it as UTF-8, or take it out of what is read.',
    }),
  folderNotFound: (repository: string, folder: string) =>
    new DojoError({
      code: 'GIT_FOLDER_NOT_FOUND',
      kind: 'not-found',
      message: `${repository} has no folder ${folder}`,
      hint: 'Check the path, and that the folder is in the version that is read.',
    }),
  folderEntry: (
    repository: string,
    entry: string,
    found: string,
    expected: string,
  ) =>
    new DojoError({
      code: 'GIT_FOLDER_ENTRY',
      kind: 'refused',
      message: `${JSON.stringify(
        entry,
      )} of ${repository} is ${found}, not ${expected}`,
      hint: 'Links and submodules are not followed: put the files themselves there.',
    }),
  folderTooLarge: (repository: string, folder: string, found: string) =>
    new DojoError({
      code: 'GIT_FOLDER_TOO_LARGE',
      kind: 'refused',
      message: `folder ${folder} of ${repository} has ${found}`,
      hint: 'Keep in it what belongs there, or name another folder.',
    }),
  failed: (repository: string, verb: string, said: string) =>
    new DojoError({
      code: 'GIT_FAILED',
      kind: 'unavailable',
      message: `git ${verb} of ${repository} failed${quote(said)}`,
      hint: 'Look at what git said; run it again when it is mended.',
    }),
  noAtomicPush: (repository: string) =>
    new DojoError({
      code: 'GIT_NO_ATOMIC_PUSH',
      kind: 'refused',
      message: `${repository} does not support atomic pushes, so what belongs together cannot be pushed together; nothing was pushed`,
      hint: 'Turn receive.advertiseAtomic on at the server, or host the repository where atomic pushes work.',
    }),
  pushRejected: (repository: string, said: string) =>
    new DojoError({
      code: 'GIT_PUSH_REJECTED',
      kind: 'refused',
      message: `${repository} rejected the push${quote(
        said,
      )}; nothing was pushed`,
      hint: 'The rule is the server’s own: a hook or a protected branch. Meet it, or allow this pusher.',
    }),
  /** `refs`: those of the push, one of which somebody else changed. */
  leaseLost: (repository: string, refs: readonly string[]) =>
    new DojoError({
      code: 'GIT_LEASE_LOST',
      kind: 'conflict',
      message: `${repository}: ${refs.join(
        ' or ',
      )} changed while it was pushed; nothing was pushed`,
      hint: 'Somebody else was first; plan again to see what is there now.',
    }),
  /** Nothing was pushed, and it is not known yet whether the other push wins. */
  refLocked: (repository: string, refs: readonly string[]) =>
    new DojoError({
      code: 'GIT_REF_LOCKED',
      kind: 'unavailable',
      message: `${repository}: ${refs.join(
        ' or ',
      )} is locked by another push; nothing was pushed`,
      hint: 'Run it again. Where it stays so, a push that died left its lock: remove the .lock file beside the ref.',
    }),
  objectMissing: (repository: string, what: string) =>
    new DojoError({
      code: 'GIT_OBJECT_MISSING',
      kind: 'unavailable',
      message: `${repository} did not send ${what}`,
      hint: 'Run it again; where it stays so, allow fetching by object id at the server (uploadpack.allowAnySHA1InWant), and check the repository with git fsck.',
    }),
};

const maxShown = 5;

function some(names: readonly string[]): string {
  const shown = names.slice(0, maxShown).map(toPrintable).join(', ');
  if (names.length <= maxShown) return shown || 'none';
  return `${shown} and ${names.length - maxShown} more`;
}

function quote(said: string): string {
  return said === '' ? '' : `: ${said}`;
}
