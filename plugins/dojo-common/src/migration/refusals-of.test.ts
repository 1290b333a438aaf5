import type { MigrationFinding } from './migration-finding';
import { refusalsOf } from './refusals-of';

const finding = (
  severity: MigrationFinding['severity'],
  code: string,
): MigrationFinding => ({ severity, code, message: `${code} was found` });

describe('refusalsOf', () => {
  it('gives the errors alone, in their order', () => {
    const [gap, changed] = [
      finding('error', 'GAP'),
      finding('error', 'CHANGED'),
    ];
    const findings = [
      finding('note', 'SPLIT'),
      gap,
      finding('warning', 'KEYS_LOST'),
      changed,
    ];
    expect(refusalsOf(findings)).toEqual([gap, changed]);
  });

  it('gives nothing where nothing keeps the plan from running', () => {
    expect(refusalsOf([finding('warning', 'KEYS_LOST')])).toEqual([]);
  });
});
