import type { FindingCode } from '../error-codes';
import type { MigrationFinding } from './migration-finding';
import { refusalsOf } from './refusals-of';

const finding = (
  severity: MigrationFinding['severity'],
  code: FindingCode,
): MigrationFinding => ({ severity, code, message: `${code} was found` });

describe('refusalsOf', () => {
  it('gives the errors alone, in their order', () => {
    const [gap, changed] = [
      finding('error', 'MIGRATION_GAP'),
      finding('error', 'APPLIED_EDITED'),
    ];
    const findings = [
      finding('note', 'LINT_SPLIT'),
      gap,
      finding('warning', 'LINT_REPLACE_TABLE'),
      changed,
    ];
    expect(refusalsOf(findings)).toEqual([gap, changed]);
  });

  it('gives nothing where nothing keeps the plan from running', () => {
    expect(refusalsOf([finding('warning', 'LINT_REPLACE_TABLE')])).toEqual([]);
  });
});
