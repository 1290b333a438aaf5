const deadline = 240_000;

/** Asks until there is an answer. @throws Error that names what did not come about in four minutes, which is ten times what a quiet machine takes. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + deadline;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
