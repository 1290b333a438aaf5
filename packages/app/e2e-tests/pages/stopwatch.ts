import { test, type Locator, type Page } from '@playwright/test';

/** After which whatever is waited for does not come any more; milliseconds. */
const longestMs = 30_000;

/** What is waited for, as the page itself can look for it. */
export interface Seen {
  /** Of the first element that counts. */
  readonly selector: string;
  /** All of its text; absent: any. */
  readonly text?: string;
  /** How many elements there are; absent: one at least. */
  readonly count?: number;
}

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
  report(what, milliseconds);
  return milliseconds;
}

/** Writes a figure down: in the report, and to who looks on. */
export function report(what: string, milliseconds: number): void {
  const description = `${what}: ${milliseconds} ms`;
  test.info().annotations.push({ type: 'measured', description });
  process.stdout.write(`${description}\n`);
}

/**
 * Milliseconds, by the page's own clock, from the last key or click that it is given until `seen` is drawn: what its
 * reader waits for, without what a driver of browsers adds.
 *
 * @throws where it is not seen within 30 seconds.
 */
export async function drawnAfter(
  page: Page,
  act: () => Promise<unknown>,
  seen: Seen,
): Promise<number> {
  const watch = await page.evaluateHandle(
    ({ selector, text, count, deadline }) => {
      let last: number | undefined;
      const note = ({ timeStamp }: Event) => {
        last = timeStamp;
      };
      const events = ['keydown', 'click'];
      events.forEach(name => addEventListener(name, note, true));
      const isSeen = () => {
        const found = document.querySelectorAll(selector);
        return (
          (count === undefined ? found.length > 0 : found.length === count) &&
          (text === undefined || found[0]?.textContent === text)
        );
      };
      const drawn = new Promise<number>((resolve, reject) => {
        const late = setTimeout(
          () => reject(new Error(`${selector} is not seen: ${text}`)),
          deadline,
        );
        const observer = new MutationObserver(() => {
          const from = last;
          if (from === undefined || !isSeen()) return;
          observer.disconnect();
          clearTimeout(late);
          events.forEach(name => removeEventListener(name, note, true));
          // The next frame shows it, and is over when a message after it comes.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - from);
            port2.postMessage(undefined);
          });
        });
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
        });
      });
      return { drawn };
    },
    { ...seen, deadline: longestMs },
  );
  await act();
  return watch.evaluate(({ drawn }) => drawn);
}

/**
 * Milliseconds from the beginning of opening an address, the whole portal with it, until `selector` is drawn.
 *
 * @throws where it is not there within 30 seconds.
 */
export async function drawnAfterLoad(
  page: Page,
  url: string,
  selector: string,
): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  const drawn = await page.waitForFunction(
    wanted => document.querySelector(wanted) && performance.now(),
    selector,
    { polling: 'raf', timeout: longestMs },
  );
  return Number(await drawn.jsonValue());
}
