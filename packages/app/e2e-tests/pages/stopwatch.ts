import { test, type Locator } from '@playwright/test';

/**
 * Milliseconds from doing something until an element is there; they stand in the report. What is shown is waited for in
 * the page, without the pauses of an assertion.
 */
export async function timeUntil(
  what: string,
  act: () => Promise<unknown>,
  isThere: Locator,
): Promise<number> {
  const started = performance.now();
  await act();
  await isThere.waitFor();
  const milliseconds = Math.round(performance.now() - started);
  const description = `${what}: ${milliseconds} ms`;
  test.info().annotations.push({ type: 'measured', description });
  process.stdout.write(`${description}\n`);
  return milliseconds;
}
