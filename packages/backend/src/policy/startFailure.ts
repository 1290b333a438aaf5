const withoutPolicy = /No policy module installed/;

/** What whoever started the portal reads where it did not start. */
export function startFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // Backstage's own sentence advises a policy that allows everything to everybody.
  return withoutPolicy.test(message)
    ? 'The portal does not start without a permission policy where there is no guest: add one to packages/backend/src/index.ts, such as packages/backend/src/policy/ExamplePolicy.ts.'
    : message;
}
