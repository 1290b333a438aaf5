import { DojoError, shortOid } from 'backstage-plugin-dojo-common';

const maxBranchesNamed = 5;

/** The errors of the release engine, one for each code. */
export const releaseErrors = {
  /** Neither the branch that releases come from nor one of the annotation `dojo/maintenance`. */
  branchNotMaintained: (
    branch: string,
    main: string | undefined,
    maintenance: string,
  ) =>
    new DojoError({
      code: 'RELEASE_BRANCH_NOT_MAINTAINED',
      kind: 'refused',
      message: `${JSON.stringify(
        branch.slice(0, 100),
      )} is no branch to release: ${
        maintenance === ''
          ? `only ${main ?? 'the default branch'} is`
          : `${main ?? 'the default branch'} and ${maintenance} are`
      }`,
      hint: 'Choose one of those, or have the annotation dojo/maintenance of the component match the branch.',
    }),
  /** `existing`: the repository's branches, of which a few are named. */
  /** Of the annotation `dojo/maintenance`. */
  branchPattern: (repository: string, pattern: string) =>
    new DojoError({
      code: 'RELEASE_BRANCH_PATTERN_INVALID',
      kind: 'input',
      message: `${JSON.stringify(
        pattern.slice(0, 100),
      )} is no pattern of branches of ${repository}`,
      hint: 'Write it as git does, with at most one *, such as release/*.',
    }),
  branchUnknown: (
    repository: string,
    branch: string,
    existing: readonly string[],
  ) => {
    const few = existing.slice(0, maxBranchesNamed).join(', ');
    const more = existing.length > maxBranchesNamed ? ', …' : '';
    return new DojoError({
      code: 'RELEASE_BRANCH_UNKNOWN',
      kind: 'not-found',
      message: `branch ${JSON.stringify(
        branch.slice(0, 100),
      )} does not exist in ${repository}; it has ${few}${more}`,
      hint: 'Name one of the branches that exist.',
    });
  },
  /** HEAD of the remote names no branch that exists, and none was asked for. */
  branchUnnamed: (repository: string, existing: readonly string[]) =>
    new DojoError({
      code: 'RELEASE_BRANCH_UNNAMED',
      kind: 'input',
      message: `${repository} has no default branch; it has ${existing
        .slice(0, maxBranchesNamed)
        .join(', ')}`,
      hint: 'Name the branch to release.',
    }),
  /** A changelog that no section can be spliced into. `what`: binary, a symbolic link, … */
  changelogUnreadable: (path: string, what: string) =>
    new DojoError({
      code: 'RELEASE_CHANGELOG_UNREADABLE',
      kind: 'input',
      message: `${path} is no changelog to write in: ${what}`,
      hint: 'Name a UTF-8 text file as the changelog, or none.',
    }),
  /** A changelog in another markup than Markdown. */
  changelogFormat: (path: string, format: string) =>
    new DojoError({
      code: 'RELEASE_CHANGELOG_FORMAT',
      kind: 'input',
      message: `${path} is ${format}, and notes are written in Markdown`,
      hint: 'Name a changelog in Markdown, or none.',
    }),
  /** A line where `--hashes` promised a commit's SHA. */
  commitLogWithoutHash: (line: string) =>
    new DojoError({
      code: 'RELEASE_COMMIT_LOG_WITHOUT_HASH',
      kind: 'input',
      message: `${JSON.stringify(line.slice(0, 60))} is no commit SHA`,
      hint: "With hashes, each message begins with its SHA and a line end: git log -z --format='%H%n%B'.",
    }),
  /** A version file or a changelog that is longer than any that people write. */
  fileTooLarge: (path: string, bytes: number, most: number) =>
    new DojoError({
      code: 'RELEASE_FILE_TOO_LARGE',
      kind: 'refused',
      message: `${path} has ${bytes} bytes; at most ${most} are read`,
      hint: 'Name other version files or another changelog, or none; a changelog may be cut to its newest part.',
    }),
  /** The version tag of the image exists, with other bytes. Tags are never moved. */
  imageDigestConflict: (image: string, found: string, planned: string) =>
    new DojoError({
      code: 'RELEASE_IMAGE_DIGEST_CONFLICT',
      kind: 'refused',
      message: `image tag ${image} holds ${found}, the image to release is ${planned}`,
      hint: 'A version tag is never moved: release under another version, or delete the tag in the registry.',
    }),
  /** The image says that it was built from something else than what is released. */
  imageRevisionMismatch: (image: string, revision: string, base: string) =>
    new DojoError({
      code: 'RELEASE_IMAGE_REVISION',
      kind: 'refused',
      message: `image tag ${image} was built from ${revision}, not from the released head ${base}`,
      hint: 'Release the image that was built from this head; its revision label tells.',
    }),
  /** Nothing to promote: the source tag is not in the registry. */
  imageSourceMissing: (image: string) =>
    new DojoError({
      code: 'RELEASE_IMAGE_SOURCE_MISSING',
      kind: 'refused',
      message: `image tag ${image} does not exist, so there is no image to release`,
      hint: `Push ${image} first (CI usually tags with the full commit SHA), or name another sourceTag.`,
    }),
  /** Notes of more text than anybody reads, or a forge takes. */
  notesTooLong: (version: string, length: number, most: number) =>
    new DojoError({
      code: 'RELEASE_NOTES_TOO_LONG',
      kind: 'refused',
      message: `the notes of ${version} have ${length} characters; at most ${most} are released`,
      hint: 'Release in smaller steps: tag a version by hand closer to the head.',
    }),
  /** The newest tag promised an image that the registry no longer has. */
  promiseBroken: (version: string, image: string, digest: string) =>
    new DojoError({
      code: 'RELEASE_PROMISE_BROKEN',
      kind: 'refused',
      message: `release ${version} cannot be finished: ${image} no longer holds ${digest}`,
      hint: `Push that image again, or go on without it: dojo release --abandon ${version}.`,
    }),
  /** A repository without any branch. */
  repositoryEmpty: (repository: string) =>
    new DojoError({
      code: 'RELEASE_REPOSITORY_EMPTY',
      kind: 'input',
      message: `repository ${repository} has no commits, so there is nothing to release`,
      hint: 'Push the first commits.',
    }),
  /** The branch ends in a release commit, and its tag is not there. */
  tagMissing: (branch: string, commit: string, tag: string) =>
    new DojoError({
      code: 'RELEASE_TAG_MISSING',
      kind: 'conflict',
      message: `${branch} is at ${shortOid(
        commit,
      )}, the release commit of ${tag}, but there is no such tag`,
      hint: 'Another run may be at it this very moment: plan again. Where the tag stays away, the server hides or drops tags, and nothing can be released to it; where somebody deleted the tag, push it again, or revert the commit.',
    }),
  /** JSON, TOML or YAML that does not parse. `place` is `line:column`. */
  versionFileInvalid: (path: string, place: string | undefined, why: string) =>
    new DojoError({
      code: 'RELEASE_VERSION_FILE_INVALID',
      kind: 'input',
      message: `version file ${path}${
        place === undefined ? '' : `:${place}`
      } is not valid: ${why}`,
      hint: 'Correct the file, or name other versionFiles.',
    }),
  /** A file that was named, and that is not there. */
  versionFileMissing: (path: string) =>
    new DojoError({
      code: 'RELEASE_VERSION_FILE_MISSING',
      kind: 'input',
      message: `version file ${path} does not exist at the released head`,
      hint: 'Correct the path, or leave versionFiles out to take those that exist.',
    }),
  /** A file of no format that the engine can set a version in. */
  versionFileUnknown: (path: string) =>
    new DojoError({
      code: 'RELEASE_VERSION_FILE_UNKNOWN',
      kind: 'input',
      message: `version file ${path} is of no known format`,
      hint: 'Known are .json, .toml and .yaml files, uv.lock, Cargo.lock, and text files that hold the version alone (VERSION, .txt).',
    }),
  /** No text: a symbolic link, a submodule, a directory, not UTF-8. */
  versionFileUnreadable: (path: string, what: string) =>
    new DojoError({
      code: 'RELEASE_VERSION_FILE_UNREADABLE',
      kind: 'input',
      message: `version file ${path} cannot be read as text: ${what}`,
      hint: 'Name a UTF-8 text file.',
    }),
  /** A version file that holds no version to set. */
  versionFileWithoutVersion: (path: string, expected: string) =>
    new DojoError({
      code: 'RELEASE_VERSION_FILE_WITHOUT_VERSION',
      kind: 'input',
      message: `version file ${path} holds no version: expected ${expected}`,
      hint: 'Write a version there once, or name other versionFiles.',
    }),
  /** The newest version was asked for by name, and `commits` came since. `auto`: what they call for, if anything. */
  versionExists: (version: string, commits: string, auto?: string) =>
    new DojoError({
      code: 'RELEASE_VERSION_EXISTS',
      kind: 'input',
      message: `${version} already exists, and ${commits} came since`,
      hint: `Choose ${
        auto === undefined ? '' : `auto (${auto}) or `
      }a higher version.`,
    }),
  /** Not above the newest version that the branch holds. */
  versionNotAbove: (version: string, newest: string) =>
    new DojoError({
      code: 'RELEASE_VERSION_NOT_ABOVE',
      kind: 'refused',
      message: `${version} is not above ${newest}, the newest version on the branch`,
      hint: `Ask for a version above ${newest}.`,
    }),
  /** The version cannot be the name of an image tag: `+` and more than 128 characters are not allowed there. */
  versionNotImageTag: (version: string) =>
    new DojoError({
      code: 'RELEASE_VERSION_NOT_IMAGE_TAG',
      kind: 'refused',
      message: `${version} cannot be an image tag`,
      hint: 'Leave the build metadata (from the + on) away, or release without an image.',
    }),
  /** What Python would read as another version, or in another order, than semantic versioning does. */
  versionNotPep440: (version: string, path: string, why: string) =>
    new DojoError({
      code: 'RELEASE_VERSION_NOT_PEP440',
      kind: 'refused',
      message: `${version} cannot stand in ${path}: ${why}`,
      hint: 'Use a pre-release identifier that Python knows: alpha, beta or rc, such as 1.2.3-rc.1.',
    }),
  /** The tag exists, but the branch does not lead to it: another line took the version. */
  versionTaken: (version: string, branch: string, free: string) =>
    new DojoError({
      code: 'RELEASE_VERSION_TAKEN',
      kind: 'refused',
      message: `${version} exists already, not on ${branch}`,
      hint: `The next free version is ${free}.`,
    }),
};
