import type {
  FindingCode,
  MigrationFinding,
} from 'backstage-plugin-dojo-common';

/** A finding of severity `error` about a database. */
export function preflightError(
  code: FindingCode,
  message: string,
  hint: string,
  file?: string,
): MigrationFinding {
  return {
    code,
    severity: 'error',
    ...(file === undefined ? {} : { file }),
    message,
    hint,
  };
}
