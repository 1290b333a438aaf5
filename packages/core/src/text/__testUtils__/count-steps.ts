import { Session } from 'node:inspector';
import type { Profiler } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';
import { matchCounting } from './backtracking-matcher';

/** More than any of these tests needs; an expression that goes back without end is stopped. */
const maxSteps = 10_000_000;

/**
 * How much work something is: how often each block of this package's code was entered, how much each built-in function
 * that it called went over, and what its regular expressions looked at. Nothing is timed, and V8 leaves the code as it is
 * meanwhile: what it has optimized counts nothing, and when it does so hangs on the machine. So each count is the same.
 *
 * @param folder in whose files blocks are counted, such as `/src/migrate/`.
 */
export function countSteps(folder: string, work: () => void): number {
  const stop = startCounting(folder);
  let steps = 0;
  try {
    work();
  } finally {
    steps = stop();
  }
  return steps;
}

/** As {@link countSteps}, of what takes turns with nothing else. */
export async function countStepsOf(
  folder: string,
  work: () => Promise<unknown>,
): Promise<number> {
  const stop = startCounting(folder);
  let steps = 0;
  try {
    await work();
  } finally {
    steps = stop();
  }
  return steps;
}

/** @returns what ends it, and tells the number. */
function startCounting(folder: string): () => number {
  let steps = 0;
  const add = (count: number) => {
    steps += count;
    if (steps > maxSteps) throw new Error(`more than ${maxSteps} steps`);
  };
  optimize(false);
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', {
    callCount: true,
    detailed: true,
  });
  const restore = watchBuiltIns(add);
  return () => {
    restore();
    session.post('Profiler.takePreciseCoverage', (_, { result }) => {
      steps += blocksOf(result, folder);
    });
    session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
    optimize(true);
    return steps;
  };
}

/** Of the process: what runs in it afterwards is to be as fast as before. */
function optimize(isOn: boolean): void {
  for (const tier of ['opt', 'maglev', 'sparkplug']) {
    setFlagsFromString(isOn ? `--${tier}` : `--no-${tier}`);
  }
}

function blocksOf(
  scripts: readonly Profiler.ScriptCoverage[],
  folder: string,
): number {
  return scripts
    .filter(({ url }) => url.includes(folder) && !url.includes('__testUtils__'))
    .flatMap(({ functions }) => functions)
    .flatMap(({ ranges }) => ranges)
    .reduce((sum, { count }) => sum + count, 0);
}

/** What a built-in goes over, in elements or characters; at least what its answer holds. */
const arrayMethods = [
  'slice',
  'concat',
  'includes',
  'indexOf',
  'join',
  'flat',
  'splice',
] as const;
const textMethods = [
  'slice',
  'indexOf',
  'includes',
  'toUpperCase',
  'toLowerCase',
  'trim',
  'trimStart',
  'startsWith',
  'endsWith',
  'replaceAll',
] as const;

/** @returns what takes it back. */
function watchBuiltIns(add: (count: number) => void): () => void {
  const undo: (() => void)[] = [];
  let isOurs = false;
  const watch = (
    owner: object,
    name: string | symbol,
    sizeOf: (self: never, args: readonly never[], answer: unknown) => number,
    before: (self: never, args: readonly never[]) => void = () => undefined,
  ) => {
    const was = Object.getOwnPropertyDescriptor(owner, name);
    const call = was?.value as (...args: unknown[]) => unknown;
    Object.defineProperty(owner, name, {
      ...was,
      value(...args: never[]) {
        const ours = (count: () => void) => {
          if (isOurs) return;
          isOurs = true;
          try {
            count();
          } finally {
            isOurs = false;
          }
        };
        ours(() => before(this as never, args));
        const answer = Reflect.apply(call, this, args);
        ours(() => add(1 + sizeOf(this as never, args, answer)));
        return answer;
      },
    });
    undo.push(() => Object.defineProperty(owner, name, was ?? {}));
  };
  const lengthOf = (value: unknown) =>
    typeof value === 'string' || Array.isArray(value) ? value.length : 0;
  for (const name of arrayMethods) {
    watch(Array.prototype, name, (self: unknown[], _, answer) =>
      name === 'slice' || name === 'splice'
        ? lengthOf(answer)
        : Math.max(self.length, name === 'join' ? lengthOf(answer) : 0),
    );
  }
  for (const name of textMethods) {
    watch(String.prototype, name, (self: string, [, from = 0], answer) =>
      typeof answer === 'number'
        ? (answer < 0 ? self.length : answer) - from
        : Math.max(lengthOf(answer), name === 'includes' ? self.length : 0),
    );
  }
  watch(Array.prototype, Symbol.iterator, (self: unknown[]) => self.length);
  watch(Set.prototype, Symbol.iterator, (self: Set<unknown>) => self.size);
  watch(
    Map.prototype,
    Symbol.iterator,
    (self: Map<unknown, unknown>) => self.size,
  );
  // With another `exec`, test, match, replace and split ask it, too.
  watch(
    RegExp.prototype,
    'exec',
    () => 0,
    (expression: RegExp, [text]) => {
      const { global, sticky, lastIndex } = expression;
      const start = global || sticky ? lastIndex : 0;
      matchCounting(expression, text, start, () => add(1));
    },
  );
  return () => undo.reverse().forEach(each => each());
}
