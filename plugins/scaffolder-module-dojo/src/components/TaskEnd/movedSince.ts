/** How the portal's errors are written into a task: `ConflictError: sentence (CODE) — hint`. */
const pattern = /^(?:\w*Error: )?([^]{1,2000}?) \(PLAN_CHANGED\)(?: — |$)/;

/** The sentence of an error of a task that stopped because the plan is no longer the reviewed one; undefined: of any other. */
export function movedSince(message: string): string | undefined {
  return pattern.exec(message)?.[1];
}
