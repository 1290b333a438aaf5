const deadline = 60_000;

/** Asks until the answer is yes. @throws Error that names what did not come about in a minute. */
export async function until(
  what: string,
  ask: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + deadline;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
