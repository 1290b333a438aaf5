import { InTurn } from './in-turn.mjs';
import { say, withOutput } from './run-command.mjs';

/** Jobs of one stage that run at once: what one waits for, the other computes. */
const AT_ONCE = 2;

/**
 * Runs the jobs of one stage, two at a time, in their order. A job alone has the terminal; of several the output is shown
 * one after the other.
 *
 * @param jobs - `{ suite, title, run }`; `run` resolves with `{ passed, failed }`.
 * @returns `{ suite, passed, failed, seconds }` of each, in their order; one that throws failed.
 */
export async function runStage(
  jobs,
  print = chunk => process.stdout.write(chunk),
) {
  const turns = new InTurn(print);
  const results = [];
  const left = [...jobs.entries()];
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [at, job] = next;
      const turn = turns.open();
      turn.write(`\n▶ ${job.title}\n`);
      results[at] =
        jobs.length === 1
          ? await runJob(job)
          : await withOutput(turn.write, () => runJob(job));
      turn.end();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
}

async function runJob({ suite, run }) {
  const start = performance.now();
  let counts;
  try {
    counts = await run();
  } catch (error) {
    say(`✗ ${error.message}\n`);
    counts = { passed: 0, failed: 1 };
  }
  return { suite, ...counts, seconds: (performance.now() - start) / 1000 };
}

/** One result for each suite, in the order in which their first job ran. */
export function sumBySuite(results) {
  const sums = new Map();
  for (const { suite, passed, failed, seconds } of results) {
    const sum = sums.get(suite) ?? {
      suite,
      passed: 0,
      failed: 0,
      seconds: 0,
    };
    sum.passed += passed;
    sum.failed += failed;
    sum.seconds += seconds;
    sums.set(suite, sum);
  }
  return [...sums.values()];
}
