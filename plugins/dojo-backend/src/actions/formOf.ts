/** Name of the template whose form shows the same plan of a database. */
export function formOf({
  operation,
}: {
  readonly operation?: 'migrate' | 'rebuild-caches' | 'restore';
}): string {
  return operation === 'restore' ? 'restore-backup' : operation ?? 'migrate';
}
