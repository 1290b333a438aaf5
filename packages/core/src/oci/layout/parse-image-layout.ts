import { ociErrors } from '../oci-errors';

const scheme = 'oci:';
const maxLength = 510;

/** Whether a repository is a folder of this machine, `oci:images/ledger`, and no repository of a registry. */
export function isImageLayout(repository: string): boolean {
  return repository.startsWith(scheme);
}

/**
 * The path that an image layout's name holds, as it is written.
 *
 * @throws DojoError IMAGE_REPOSITORY_INVALID
 */
export function parseImageLayout(repository: string): string {
  const path = repository.slice(scheme.length);
  const invalid = (problem: string) =>
    ociErrors.repositoryInvalid(
      JSON.stringify(repository.slice(0, maxLength)).slice(1, -1),
      problem,
    );
  if (repository.length > maxLength) throw invalid('it is too long');
  if (path === '') throw invalid('it names no folder');
  if (/\p{Cc}/u.test(path)) throw invalid('it holds a control character');
  if (path.startsWith('//')) throw invalid('a layout is on no other host');
  if (path.includes('@')) throw invalid('it has a digest or a user name');
  if (path.includes(':')) throw invalid('it has a tag');
  return path;
}
