/**
 * The findings that keep a plan from running, those of severity `error`, in the order they are given. A plan or a check
 * without any may run.
 */
export function refusalsOf<
  TFinding extends { readonly severity: 'error' | 'warning' | 'note' | 'info' },
>(findings: readonly TFinding[]): TFinding[] {
  return findings.filter(({ severity }) => severity === 'error');
}
