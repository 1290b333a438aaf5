import type { OperationOf } from '../operation';

/** A rehearsal that runs, as the backend answers for it, changed as given. */
export function operation(
  changes: Partial<OperationOf<'migration-rehearsal'>> = {},
): OperationOf<'migration-rehearsal'> {
  return {
    kind: 'migration-rehearsal',
    id: 'op-1',
    state: 'running',
    startedAt: '2026-11-22T07:15:30.123Z',
    lines: [],
    ...changes,
  };
}
