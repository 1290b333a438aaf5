import { cpus } from 'node:os';
import { expect } from '@playwright/test';

const sampleMs = 1_000;
const idleSamples = 8;
/** What a portal with a thousand components takes while nothing happens to them, and some more. */
const idleShare = 0.85;

/** Milliseconds that all cores did nothing, and all that they had. */
function times(): { idle: number; all: number } {
  const each = cpus().map(({ times: of }) => of);
  const sum = (numbers: number[]) => numbers.reduce((one, more) => one + more);
  return {
    idle: sum(each.map(({ idle }) => idle)),
    all: sum(each.map(of => sum(Object.values(of)))),
  };
}

/** Waits until the machine does nothing for some seconds: a portal that has just started reads all that it shows. */
export async function untilIdle(): Promise<void> {
  let last = times();
  let idle = 0;
  await expect
    .poll(
      () => {
        const now = times();
        const share = (now.idle - last.idle) / (now.all - last.all);
        last = now;
        idle = share > idleShare ? idle + 1 : 0;
        return idle;
      },
      { timeout: 300_000, intervals: [sampleMs] },
    )
    .toBeGreaterThanOrEqual(idleSamples);
}
