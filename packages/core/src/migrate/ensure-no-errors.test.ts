import type { MigrationFinding } from 'backstage-plugin-dojo-common';
import { ensureNoErrors } from './ensure-no-errors';

const finding = (
  severity: MigrationFinding['severity'],
  more: Partial<MigrationFinding> = {},
): MigrationFinding => ({
  code: 'LINT_VACUUM',
  severity,
  message: 'it is wrong',
  hint: 'Correct it.',
  ...more,
});

describe('ensureNoErrors', () => {
  it('passes warnings and notes', () => {
    expect(() =>
      ensureNoErrors([finding('warning'), finding('note')]),
    ).not.toThrow();
  });

  it.each<[string, MigrationFinding[], string, string]>([
    [
      'with file and line',
      [finding('note'), finding('error', { file: '0001_a.sql', line: 3 })],
      '0001_a.sql:3: it is wrong',
      'Correct it.',
    ],
    [
      'with its file',
      [finding('error', { file: '0001_a.sql', hint: undefined })],
      '0001_a.sql: it is wrong',
      'dojo migrate --check lists what is wrong.',
    ],
    [
      'with its file once',
      [
        finding('error', {
          file: '0001_a.sql',
          message: '0001_a.sql was changed',
        }),
      ],
      '0001_a.sql was changed',
      'Correct it.',
    ],
    [
      'and one more',
      [finding('error'), finding('error')],
      'it is wrong (and 1 more error)',
      'Correct it. dojo migrate --check lists them all.',
    ],
    [
      'and how many more there are',
      [
        finding('error'),
        finding('error'),
        finding('warning'),
        finding('error'),
      ],
      'it is wrong (and 2 more errors)',
      'Correct it. dojo migrate --check lists them all.',
    ],
  ])('throws the first error %s', (_, findings, message, hint) => {
    expect(() => ensureNoErrors(findings)).toThrow(
      expect.objectContaining({
        name: 'DojoError',
        code: 'LINT_VACUUM',
        kind: 'refused',
        message,
        hint,
      }),
    );
  });

  it('calls a folder without migrations not found', () => {
    expect(() =>
      ensureNoErrors([finding('error', { code: 'MIGRATIONS_NONE' })]),
    ).toThrow(expect.objectContaining({ kind: 'not-found' }));
  });
});
