import type { RejectionResult } from './rejection-result';

/**
 * What a run rejected, or a dry run would reject, in a sentence that names component and version.
 *
 * @param name - of the component, as people say it
 * @public
 */
export function summaryOfRejection(
  name: string,
  { outcome, rejection }: RejectionResult,
): string {
  const { version, by, reason } = rejection;
  const what = `${name} ${version}`;
  const why = reason.replace(/\.$/, '');
  switch (outcome) {
    case 'rejected':
      return `${what} was rejected: ${why}. It cannot be chosen any more; a rollback to it still can.`;
    case 'planned':
      return `${what} would be rejected: ${why}.`;
    default:
      return `${what} was rejected by ${by} before: ${why}. Nothing was done.`;
  }
}
