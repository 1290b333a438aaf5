type Method = (this: unknown, ...args: unknown[]) => unknown;
type Cost = (
  self: { length: number },
  args: unknown[],
  result: unknown,
) => number;

const whole: Cost = self => self.length;
const ofResult: Cost = (_, __, result) =>
  typeof result === 'string' || Array.isArray(result) ? result.length : 1;
/** As far as it looked: to what it found, or to the end. */
const toFound: Cost = (self, [, from], result) => {
  const start = typeof from === 'number' ? from : 0;
  return Math.max(
    1,
    typeof result === 'number' && result >= 0
      ? result - start + 1
      : self.length - start,
  );
};
const fromFound: Cost = (self, [, from], result) => {
  const start = typeof from === 'number' ? from : self.length;
  return Math.max(1, start - Math.max(0, Number(result)) + 1);
};
const ofArgument: Cost = (_, [text]) => String(text ?? '').length;

const counted: readonly (readonly [object, Readonly<Record<string, Cost>>])[] =
  [
    [
      String.prototype,
      {
        indexOf: toFound,
        lastIndexOf: fromFound,
        includes: whole,
        startsWith: ofArgument,
        endsWith: ofArgument,
        slice: ofResult,
        split: whole,
        replace: whole,
        replaceAll: whole,
        trim: whole,
        trimEnd: whole,
        trimStart: whole,
        toLowerCase: whole,
        match: whole,
        matchAll: whole,
        search: whole,
        localeCompare: whole,
      },
    ],
    [
      Array.prototype,
      {
        filter: whole,
        find: whole,
        findIndex: whole,
        flatMap: whole,
        forEach: whole,
        includes: whole,
        indexOf: toFound,
        map: whole,
        reduce: whole,
        slice: ofResult,
        some: whole,
        every: whole,
        sort: whole,
        concat: ofResult,
        join: whole,
        push: () => 1,
        pop: () => 1,
      },
    ],
    [Buffer.prototype, { indexOf: toFound, subarray: () => 1 }],
  ];

/**
 * Counts the steps of what is run: characters that string functions and expressions look at, items that array functions
 * visit. The same run takes the same steps, however busy the machine is.
 */
export function countSteps(run: () => unknown): number {
  const count = { steps: 0 };
  const undo = counted.flatMap(([prototype, methods]) =>
    Object.entries(methods).map(([name, cost]) =>
      replaceMethod(
        prototype,
        name,
        original =>
          function countedMethod(this: { length: number }, ...args: unknown[]) {
            const result = Reflect.apply(original, this, args);
            count.steps += cost(this, args, result);
            return result;
          },
      ),
    ),
  );
  undo.push(
    replaceMethod(
      RegExp.prototype,
      'exec',
      exec =>
        function countedExec(this: RegExp, text: unknown) {
          const { global, sticky } = this;
          const from = global || sticky ? this.lastIndex : 0;
          const result = Reflect.apply(exec, this, [text]);
          // One that goes on where it stopped looks at each place once; a sticky one at one place alone.
          const isBounded = sticky || (global && result !== null);
          const end = isBounded ? this.lastIndex : String(text).length;
          count.steps += Math.max(1, end - from);
          return result;
        },
    ),
  );
  try {
    run();
  } finally {
    for (const each of undo) each();
  }
  return count.steps;
}

/** @returns what puts the method back. */
function replaceMethod(
  prototype: object,
  name: string,
  replace: (original: Method) => unknown,
): () => void {
  const own = Object.getOwnPropertyDescriptor(prototype, name);
  const original = Reflect.get(prototype, name) as Method;
  Object.defineProperty(prototype, name, {
    configurable: true,
    writable: true,
    value: replace(original),
  });
  return () => {
    if (own) Object.defineProperty(prototype, name, own);
    else Reflect.deleteProperty(prototype, name);
  };
}
