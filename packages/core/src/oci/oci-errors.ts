import { DojoError } from 'backstage-plugin-dojo-common';

/** Every failure of the image registry adapter; `subject` is `repository`, `repository:tag` or `repository@digest`. */
export const ociErrors = {
  repositoryInvalid: (repository: string, problem: string) =>
    new DojoError({
      code: 'IMAGE_REPOSITORY_INVALID',
      kind: 'input',
      message: `"${repository}" is not an image repository: ${problem}`,
      hint: 'Write host and path without tag, such as ghcr.io/acme/ledger.',
    }),
  tagInvalid: (repository: string, tag: string) =>
    new DojoError({
      code: 'IMAGE_TAG_INVALID',
      kind: 'input',
      message: `"${tag}" is not a tag or sha256 digest of ${repository}`,
      hint: 'A tag has at most 128 letters, digits, dots, hyphens and underscores, and begins with a letter, digit or underscore.',
    }),
  registryNotAllowed: (
    repository: string,
    host: string,
    allowed: readonly string[],
  ) =>
    new DojoError({
      code: 'REGISTRY_NOT_ALLOWED',
      kind: 'input',
      message: `${repository} is at ${host}, which is not an allowed registry (allowed: ${
        allowed.join(', ') || 'none'
      })`,
      hint: 'Add the host to dojo.registries, or use an image of an allowed registry.',
    }),
  /** Half of them is a slip, such as a variable that is not set: nobody meant to read it anonymously. */
  credentialsIncomplete: (host: string, key: string) =>
    new DojoError({
      code: 'REGISTRY_KEY_MISSING',
      kind: 'unavailable',
      message: `${key} is missing: ${host} is not asked with half of its credentials.`,
      hint: 'Set it in the configuration and start the portal again, or take the other half out: then it is read anonymously.',
    }),
  denied: (subject: string, action: 'pull' | 'push', said: string) =>
    new DojoError({
      code: 'REGISTRY_DENIED',
      kind: 'denied',
      message: `${subject}: token missing or refused for ${action}${quote(
        said,
      )}`,
      hint: `Give dojo.registries (or docker login) credentials for this host that may ${action}.`,
    }),
  unavailable: (subject: string, what: string) =>
    new DojoError({
      code: 'REGISTRY_UNAVAILABLE',
      kind: 'unavailable',
      message: `${subject}: ${what}`,
      hint: 'Run it again later: what is done stays done, and the rest is finished.',
    }),
  refused: (subject: string, status: number, said: string) =>
    new DojoError({
      code: 'REGISTRY_REFUSED',
      kind: 'refused',
      message: `${subject}: the registry refused it with status ${status}${quote(
        said,
      )}`,
      hint: "Look at the registry's rules for this repository (immutable tags, quotas, allowed types).",
    }),
  redirected: (subject: string, host: string) =>
    new DojoError({
      code: 'REGISTRY_REDIRECTED',
      kind: 'refused',
      message: `${subject}: the registry redirects to ${host}, which is not followed`,
      hint: 'Name the registry by the host that answers itself.',
    }),
  protocol: (subject: string, what: string) =>
    new DojoError({
      code: 'REGISTRY_PROTOCOL',
      kind: 'unavailable',
      message: `${subject}: ${what}`,
      hint: 'The host does not answer as an OCI registry does; check its name and any proxy before it.',
    }),
  digestMismatch: (subject: string, expected: string, actual: string) =>
    new DojoError({
      code: 'IMAGE_DIGEST_MISMATCH',
      kind: 'refused',
      message: `${subject}: the bytes received have digest ${actual}, not ${expected}`,
      hint: 'The registry, or a proxy before it, changes what passes through it: reach the registry without the proxy, or ask whoever keeps it.',
    }),
  manifestUnsupported: (subject: string, what: string) =>
    new DojoError({
      code: 'IMAGE_UNSUPPORTED',
      kind: 'refused',
      message: `${subject}: ${what}`,
      hint: 'Push the image as an OCI or Docker v2 manifest or index.',
    }),
  incomplete: (subject: string, part: string) =>
    new DojoError({
      code: 'IMAGE_INCOMPLETE',
      kind: 'not-found',
      message: `${subject}: ${part}, which it refers to, is not in the registry`,
      hint: 'Push the whole image again, with every platform.',
    }),
  tagTaken: (subject: string, held: string, planned: string) =>
    new DojoError({
      code: 'IMAGE_TAG_TAKEN',
      kind: 'conflict',
      message: `${subject} holds ${held}, planned ${planned}`,
      hint: 'Somebody else wrote the tag first; plan again to see what is there now.',
    }),
  dockerConfig: (file: string, problem: string) =>
    new DojoError({
      code: 'DOCKER_CONFIG_INVALID',
      kind: 'input',
      message: `${file}: ${problem}`,
      hint: 'Repair it with docker login, or set DOCKER_CONFIG to another folder.',
    }),
  credentialHelper: (name: string, host: string, problem: string) =>
    new DojoError({
      code: 'CREDENTIAL_HELPER_FAILED',
      kind: 'unavailable',
      message: `docker-credential-${name} gave no credentials for ${host}: ${problem}`,
      hint: 'Run docker login for this host, or remove the helper from the docker configuration.',
    }),
};

function quote(said: string): string {
  return said === '' ? '' : ` (it says: ${said})`;
}
