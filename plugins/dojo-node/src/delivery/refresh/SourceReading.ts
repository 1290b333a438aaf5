import type { LoggerService } from '@backstage/backend-plugin-api';
import { DojoErrorJson, isDojoError } from 'backstage-plugin-dojo-common';
import { nextReadingIn, SourceKind } from '../sources/sourceIntervals';
import type { DeliveryIndex } from '../store/DeliveryIndex';
import type { SourceMark } from '../store/IndexedComponent';

/** What {@link SourceReading} works with. */
export interface SourceReadingOptions {
  readonly index: Pick<DeliveryIndex, 'marks' | 'putMarks'>;
  readonly clock: { now(): Date };
  /** From 0 to 1. */
  readonly chance: () => number;
  readonly logger: LoggerService;
  /** Told of each reading. */
  readonly onReading?: (reading: {
    readonly kind: SourceKind;
    readonly ok: boolean;
    readonly milliseconds: number;
  }) => void;
  /** Told of a source that begins or ceases to fail. */
  readonly onTurn?: (source: string) => void;
}

/** The readings of sources: one at a time of each, and how it went is kept; a failure takes no fact away. */
export class SourceReading {
  readonly #options: SourceReadingOptions;
  readonly #running = new Map<string, Promise<boolean>>();
  readonly #next = new Map<string, Promise<boolean>>();

  constructor(options: SourceReadingOptions) {
    this.#options = options;
  }

  /**
   * Reads a source, unless it is being read. Never rejects: what failed is in the source's mark.
   *
   * @param read - gets the mark that it had, and the instant of the reading; keeps the facts by itself
   * @returns whether it was read.
   */
  attempt(
    kind: SourceKind,
    source: string,
    signal: AbortSignal,
    read: (
      before: SourceMark | undefined,
      startedAt: Date,
    ) => Promise<{ readonly token?: string } | void>,
  ): Promise<boolean> {
    const running = this.#running.get(source);
    if (running) return running;
    const attempt = this.#attempt(kind, source, signal, read)
      .catch(error => {
        // Of the index itself; the next reading tries again.
        if (!signal.aborted) this.#warn(source, error);
        return false;
      })
      .finally(() => this.#running.delete(source));
    this.#running.set(source, attempt);
    return attempt;
  }

  /**
   * As {@link attempt}, for who knows that something has changed: a reading that began before may have missed it, so that
   * where one is under way the source is read once more after it, for all who asked meanwhile.
   */
  attemptAnew(
    ...[kind, source, signal, read]: Parameters<SourceReading['attempt']>
  ): Promise<boolean> {
    const running = this.#running.get(source);
    if (!running) return this.attempt(kind, source, signal, read);
    const queued = this.#next.get(source);
    if (queued) return queued;
    const next = running.then(() => {
      this.#next.delete(source);
      return this.attempt(kind, source, signal, read);
    });
    this.#next.set(source, next);
    return next;
  }

  async #attempt(
    kind: SourceKind,
    source: string,
    signal: AbortSignal,
    read: Parameters<SourceReading['attempt']>[3],
  ): Promise<boolean> {
    const { index, clock, chance, onReading, onTurn } = this.#options;
    const markOf = async () => (await index.marks([source])).get(source);
    let before = await markOf();
    const startedAt = clock.now();
    let mark: SourceMark;
    try {
      signal.throwIfAborted();
      const said = await read(before, startedAt);
      const token = said?.token ?? before?.token;
      mark = {
        source,
        asOf: startedAt.getTime(),
        nextAt: clock.now().getTime() + nextReadingIn(kind, 0, chance()),
        failures: 0,
        ...(token !== undefined && { token }),
      };
    } catch (error) {
      if (signal.aborted) return false;
      if (!isDojoError(error)) this.#warn(source, error);
      // A reading that lasts, as a watch does, marks its signs of life meanwhile.
      before = await markOf();
      const failures = (before?.failures ?? 0) + 1;
      mark = {
        ...before,
        source,
        nextAt: clock.now().getTime() + nextReadingIn(kind, failures, chance()),
        failures,
        error: toMarkError(error),
      };
    }
    await index.putMarks([mark]);
    const ok = mark.failures === 0;
    onReading?.({
      kind,
      ok,
      milliseconds: clock.now().getTime() - startedAt.getTime(),
    });
    if (ok !== ((before?.failures ?? 0) === 0) || before?.asOf === undefined) {
      onTurn?.(source);
    }
    return ok;
  }

  #warn(source: string, error: unknown): void {
    this.#options.logger.warn(
      `The source ${source} could not be read`,
      error instanceof Error ? error : new Error(String(error)),
    );
  }
}

/** Everybody who may read the delivery sees it, so that of a failure that is not ours only this is told. */
function toMarkError(error: unknown): DojoErrorJson {
  return isDojoError(error)
    ? error.toJSON()
    : {
        code: 'UNEXPECTED',
        kind: 'unavailable',
        message: 'it could not be read',
        hint: 'The log of the backend says more.',
      };
}
