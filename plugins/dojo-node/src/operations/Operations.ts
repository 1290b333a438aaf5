import { randomBytes } from 'node:crypto';
import {
  DojoErrorJson,
  MigrationResult,
  Operation,
} from 'backstage-plugin-dojo-common';
import {
  operationNotFound,
  rehearsalCancelled,
  tooManyOperations,
} from '../migration/databaseErrors';

/** What an operation is about: who may see it and end it depends on these. */
export interface OperationSubject {
  /** Complete entity ref. */
  readonly component: string;
  readonly environment: string;
}

/** What runs. */
export type OperationWork = (context: {
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}) => Promise<MigrationResult>;

/** A started operation. */
export interface StartedOperation {
  readonly id: string;
  /** As the work ends: its result, or what it threw. */
  readonly ended: Promise<MigrationResult>;
}

/** Options of {@link Operations}. */
export interface OperationsOptions {
  readonly clock: { now(): Date };
  /** The written form of what the work threw; a failure that is not ours must not show its inside. */
  readonly toError: (error: unknown) => DojoErrorJson;
}

/** How many run at once; each costs a copy of a database. */
export const mostRunning = 10;
const mostKept = 100;
const keptMilliseconds = 60 * 60_000;
const mostLines = 200;
const mostLineLength = 1_000;

interface Entry {
  readonly subject: OperationSubject;
  readonly abort: AbortController;
  endedAt?: number;
  shown: Operation;
}

/**
 * Long work that somebody follows by id, in this process's memory: the last hundred, for an hour after their end. Ids
 * cannot be guessed; whoever has one must still be allowed to see its subject.
 */
export class Operations {
  readonly #options: OperationsOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: OperationsOptions) {
    this.#options = options;
  }

  /** @throws DojoError OPERATIONS_TOO_MANY. */
  start(subject: OperationSubject, work: OperationWork): StartedOperation {
    this.#makeRoom();
    const id = randomBytes(16).toString('hex');
    const abort = new AbortController();
    const startedAt = this.#options.clock.now().toISOString();
    const entry: Entry = {
      subject,
      abort,
      shown: { id, state: 'running', startedAt, lines: [] },
    };
    this.#entries.set(id, entry);
    const log = (line: string) => {
      const lines = [...entry.shown.lines, line.slice(0, mostLineLength)];
      entry.shown = { ...entry.shown, lines: lines.slice(-mostLines) };
    };
    const ended = work({ signal: abort.signal, log }).then(
      result => {
        this.#end(entry, { state: 'done', result });
        return result;
      },
      error => {
        const known = this.#options.toError(error);
        this.#end(entry, { state: 'failed', error: known });
        throw error;
      },
    );
    return { id, ended };
  }

  /** @throws DojoError OPERATION_NOT_FOUND. */
  subjectOf(id: string): OperationSubject {
    return this.#entry(id).subject;
  }

  /** @throws DojoError OPERATION_NOT_FOUND. */
  show(id: string): Operation {
    return this.#entry(id).shown;
  }

  /** Tells the work to stop; it ends in its own time. @throws DojoError OPERATION_NOT_FOUND. */
  cancel(id: string): void {
    this.#entry(id).abort.abort(rehearsalCancelled());
  }

  #entry(id: string): Entry {
    this.#forgetOld();
    const entry = this.#entries.get(id);
    if (entry === undefined) throw operationNotFound(id);
    return entry;
  }

  #end(entry: Entry, how: Partial<Operation>): void {
    entry.endedAt = this.#options.clock.now().getTime();
    entry.shown = { ...entry.shown, ...how };
  }

  #forgetOld(): void {
    const now = this.#options.clock.now().getTime();
    for (const [id, { endedAt }] of this.#entries) {
      if (endedAt !== undefined && now - endedAt > keptMilliseconds) {
        this.#entries.delete(id);
      }
    }
  }

  #makeRoom(): void {
    this.#forgetOld();
    const ended = [...this.#entries].filter(([, { endedAt }]) => endedAt);
    if (this.#entries.size - ended.length >= mostRunning) {
      throw tooManyOperations(mostRunning);
    }
    // In the order they were started: the oldest go first.
    const tooMany = this.#entries.size - mostKept + 1;
    for (const [id] of ended.slice(0, Math.max(0, tooMany))) {
      this.#entries.delete(id);
    }
  }
}
