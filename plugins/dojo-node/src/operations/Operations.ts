import { randomBytes } from 'node:crypto';
import type {
  DojoError,
  DojoErrorJson,
  Operation,
} from 'backstage-plugin-dojo-common';
import type { PermissionCheck } from '../access/Access';
import { operationErrors } from './operationErrors';

/** What an operation is about, and who may do what with it. */
export interface OperationSubject {
  /** What the auditor is told of it: its component, its environment. */
  readonly meta: Readonly<Record<string, string>>;
  /** What whoever wants to see it must be granted. */
  readonly toSee: readonly PermissionCheck[];
  /** What whoever wants to end it must be granted. */
  readonly toCancel: readonly PermissionCheck[];
}

/** How far an operation is: its wire form without the kind. */
export interface OperationProgress<TResult> {
  readonly id: string;
  readonly state: Operation['state'];
  readonly startedAt: string;
  readonly lines: string[];
  readonly result?: TResult;
  readonly error?: DojoErrorJson;
}

/** Work of a capability that is to run as an operation. */
export interface OperationWork<TResult, TOperation extends Operation> {
  readonly subject: OperationSubject;
  /** The work itself; it ends soon after the signal. */
  readonly run: (context: {
    readonly signal: AbortSignal;
    readonly log: (line: string) => void;
  }) => Promise<TResult>;
  /** The wire form: the progress with the kind of the operation. */
  readonly show: (progress: OperationProgress<TResult>) => TOperation;
  /** The reason of the signal where somebody cancels it: the words are the capability's. */
  readonly toCancelled: () => DojoError;
}

/** A started operation. */
export interface StartedOperation<TResult, TOperation extends Operation> {
  /** As it is at its start. */
  readonly operation: TOperation;
  /** As the work ends: its result, or what it threw. */
  readonly ended: Promise<TResult>;
}

/** Options of {@link Operations}. */
export interface OperationsOptions {
  readonly clock: { now(): Date };
  /** The written form of what the work threw; a failure that is not ours must not show its inside. */
  readonly toError: (error: unknown) => DojoErrorJson;
}

/** How many run at once; each costs a copy of a database. */
export const maxRunning = 10;
const maxKept = 100;
/** Characters of JSON of all ended ones together: a result may have megabytes of SQL in it. */
export const maxKeptCharacters = 32 * 1024 * 1024;
const keptMilliseconds = 60 * 60_000;
const maxLines = 200;
const maxLineLength = 1_000;

interface Entry {
  readonly subject: OperationSubject;
  readonly cancel: () => void;
  readonly show: () => Operation;
  endedAt?: number;
  /** Characters of JSON, once it has ended. */
  size: number;
}

/**
 * Long work that somebody follows by id, in this process's memory: the last hundred, as far as their results are not
 * too large together, for an hour after their end. Ids cannot be guessed; whoever has one must still be allowed to see its subject.
 */
export class Operations {
  readonly #options: OperationsOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: OperationsOptions) {
    this.#options = options;
  }

  /** @throws DojoError OPERATIONS_TOO_MANY. */
  start<TResult, TOperation extends Operation>(
    work: OperationWork<TResult, TOperation>,
  ): StartedOperation<TResult, TOperation> {
    this.#makeRoom();
    const abort = new AbortController();
    let progress: OperationProgress<TResult> = {
      id: randomBytes(16).toString('hex'),
      state: 'running',
      startedAt: this.#options.clock.now().toISOString(),
      lines: [],
    };
    const entry: Entry = {
      subject: work.subject,
      cancel: () => abort.abort(work.toCancelled()),
      show: () => work.show(progress),
      size: 0,
    };
    this.#entries.set(progress.id, entry);
    const log = (line: string) => {
      const lines = [...progress.lines, line.slice(0, maxLineLength)];
      progress = { ...progress, lines: lines.slice(-maxLines) };
    };
    const end = (how: Partial<OperationProgress<TResult>>) => {
      entry.endedAt = this.#options.clock.now().getTime();
      progress = { ...progress, ...how };
      entry.size = JSON.stringify(progress).length;
      this.#forgetLarge(entry);
    };
    const ended = work.run({ signal: abort.signal, log }).then(
      result => {
        end({ state: 'done', result });
        return result;
      },
      error => {
        end({ state: 'failed', error: this.#options.toError(error) });
        throw error;
      },
    );
    return { operation: work.show(progress), ended };
  }

  /** @throws DojoError OPERATION_NOT_FOUND. */
  subjectOf(id: string): OperationSubject {
    return this.#entry(id).subject;
  }

  /** The operation as it is now. @throws DojoError OPERATION_NOT_FOUND. */
  show(id: string): Operation {
    return this.#entry(id).show();
  }

  /** Tells the work to stop; it ends in its own time. @throws DojoError OPERATION_NOT_FOUND. */
  cancel(id: string): void {
    this.#entry(id).cancel();
  }

  #entry(id: string): Entry {
    this.#forgetOld();
    const entry = this.#entries.get(id);
    if (entry === undefined) throw operationErrors.operationNotFound(id);
    return entry;
  }

  #forgetOld(): void {
    const now = this.#options.clock.now().getTime();
    for (const [id, { endedAt }] of this.#entries) {
      if (endedAt !== undefined && now - endedAt > keptMilliseconds) {
        this.#entries.delete(id);
      }
    }
  }

  /** The oldest ended ones go until the rest is small enough; the one that just ended stays, for who waits for it. */
  #forgetLarge(newest: Entry): void {
    let size = 0;
    for (const each of this.#entries.values()) size += each.size;
    for (const [id, entry] of this.#entries) {
      if (size <= maxKeptCharacters) return;
      if (entry.endedAt === undefined || entry === newest) continue;
      this.#entries.delete(id);
      size -= entry.size;
    }
  }

  #makeRoom(): void {
    this.#forgetOld();
    const ended = [...this.#entries].filter(([, { endedAt }]) => endedAt);
    if (this.#entries.size - ended.length >= maxRunning) {
      throw operationErrors.tooManyOperations(maxRunning);
    }
    // In the order they were started: the oldest go first.
    const tooMany = this.#entries.size - maxKept + 1;
    for (const [id] of ended.slice(0, Math.max(0, tooMany))) {
      this.#entries.delete(id);
    }
  }
}
