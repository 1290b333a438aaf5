import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `url` answers well; throws after `withinMs`. */
export async function untilAnswers(url, withinMs) {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    if (performance.now() > deadline) {
      throw new Error(`${url} did not answer within ${withinMs / 1000} s`);
    }
    await delay(250);
  }
}
