/** What people call a migration: the digits that its id begins with (`0015_reconciliation` is 0015), else the id. */
export function migrationLevel(id: string): string {
  return /^\d+/.exec(id)?.[0] ?? id;
}
