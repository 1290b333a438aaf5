/** As much of a plan's hash as a reader compares: its first eight digits and an ellipsis. */
export function shortPlanHash(planHash: string): string {
  return `${planHash.slice(0, 8)}…`;
}
