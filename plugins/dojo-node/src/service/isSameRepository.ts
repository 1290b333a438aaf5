import { repositoryName } from '../component/repositoryName';

/** Whether what an annotation says is the repository, however either is written. */
export function isSameRepository(
  annotation: string | undefined,
  repository: string,
): boolean {
  const name = annotation && repositoryName(annotation.trim());
  return name !== undefined && name === repositoryName(repository);
}
