import { Worker } from 'node:worker_threads';

/** What a {@link Watchdog} tells of the process to the thread that watches it; each is a place in shared memory. */
const cells = { turns: 0, isAskedToEnd: 1 } as const;
const turnMilliseconds = 100;

/**
 * The watching thread; plain JavaScript, since a bundle has no file of it. It sees that the event loop stands still by
 * the turns that are no longer counted. A signal is then not heard; let go, it kills as it kills any process. The
 * inspector is what interrupts a loop without end, also one within a regular expression.
 */
const watcher = `
const { workerData } = require('node:worker_threads');
const { shared, parent, cells, limits, blocked } = workerData;
const state = new Int32Array(shared);
let turns = -1;
let turned = Date.now();
let orphanedAt;
let isLetGo = false;
const die = () => process.kill(process.pid, 'SIGKILL');
setInterval(() => {
  const now = Date.now();
  const counted = Atomics.load(state, cells.turns);
  if (counted !== turns) {
    turns = counted;
    turned = now;
    isLetGo = false;
  }
  const still = now - turned;
  if (parent !== undefined && process.ppid !== parent) orphanedAt ??= now;
  if (now - orphanedAt > limits.orphaned) die();
  const isAsked = Atomics.load(state, cells.isAskedToEnd) === 1;
  if (still > (isAsked ? limits.asked : limits.blocked)) die();
  if (still > limits.deaf && !isLetGo) {
    isLetGo = true;
    const { Session } = require('node:inspector');
    const session = new Session();
    session.connectToMainThread();
    session.post('Runtime.evaluate', { expression: 'process.emit(' + JSON.stringify(blocked) + ')' });
  }
}, limits.look);
`;

/** Of the process itself: what the watching thread has it emit. */
const blocked = 'dojo:blocked';

const limits = {
  look: 100,
  /** Milliseconds without a turn of the event loop, after which signals are let go. */
  deaf: 400,
  /** The same, after which a process dies that was asked to end. */
  asked: 3_000,
  /** The same, after which it dies in any case: what is read of the largest input takes a part of it. */
  blocked: 120_000,
  /** Milliseconds after which it dies that its parent has died. */
  orphaned: 5_000,
} as const;

/** Options of {@link startWatchdog}. */
export interface WatchdogOptions {
  /** Process that this one must not outlive; absent: it may outlive each. */
  readonly parent?: number;
  /** Lets the process die of signals that it catches. */
  readonly letGo: () => void;
  /** Catches them again. */
  readonly catchAgain: () => void;
}

/** What sees to it that a process ends. */
export interface Watchdog {
  /** It was asked to end, and has begun to. */
  askedToEnd(): void;
}

/**
 * Makes sure that this process ends when it is told to, and when its parent dies, also while it is in a loop without end
 * and hears nothing: a thread of its own watches it.
 */
export function startWatchdog({
  parent,
  letGo,
  catchAgain,
}: WatchdogOptions): Watchdog {
  const shared = new SharedArrayBuffer(
    Int32Array.BYTES_PER_ELEMENT * Object.keys(cells).length,
  );
  const state = new Int32Array(shared);
  let isLetGo = false;
  process.on(blocked, () => {
    isLetGo = true;
    letGo();
  });
  setInterval(() => {
    Atomics.add(state, cells.turns, 1);
    if (!isLetGo) return;
    isLetGo = false;
    catchAgain();
  }, turnMilliseconds).unref();
  new Worker(watcher, {
    eval: true,
    // Nothing of the process's own: no preloaded module, no flag.
    execArgv: [],
    workerData: { shared, parent, cells, limits, blocked },
  }).unref();
  return {
    askedToEnd: () => Atomics.store(state, cells.isAskedToEnd, 1),
  };
}
