import type { Rehearsal } from 'backstage-plugin-dojo-common';
import { useSyncExternalStore } from 'react';

/** A rehearsal that ran to its end. */
export interface KeptRehearsal {
  readonly rehearsal: Rehearsal;
  /** When it ended, ISO 8601. */
  readonly at: string;
}

/** Far more than a person reviews before the page is loaded anew; the oldest go. */
const maxKept = 20;

/**
 * What was rehearsed since the page was loaded, by the hash of the plan, which names the database and all that runs on
 * it. It outlives the page of the review: who looks at the confirmation and comes back finds it.
 */
export class RehearsalsKept {
  readonly #kept = new Map<string, KeptRehearsal>();
  /** Plans whose last rehearsal the migrations themselves failed. */
  readonly #failed = new Set<string>();
  readonly #listeners = new Set<() => void>();

  of(planHash: string): KeptRehearsal | undefined {
    return this.#kept.get(planHash);
  }

  hasFailed(planHash: string): boolean {
    return this.#failed.has(planHash);
  }

  /** What it runs fails: it would fail again. */
  fail(planHash: string): void {
    this.#kept.delete(planHash);
    this.#failed.add(planHash);
    const [oldest] = this.#failed;
    if (this.#failed.size > maxKept) this.#failed.delete(oldest);
    this.#tell();
  }

  keep(planHash: string, rehearsal: Rehearsal): void {
    this.#failed.delete(planHash);
    this.#kept.delete(planHash);
    this.#kept.set(planHash, { rehearsal, at: new Date().toISOString() });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > maxKept) this.#kept.delete(oldest);
    this.#tell();
  }

  /** A new one begins: what the last one said is no longer the last word. */
  forget(planHash: string): void {
    const had = [this.#kept, this.#failed].map(each => each.delete(planHash));
    if (had.includes(true)) this.#tell();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Those of this page. */
export const keptRehearsals = new RehearsalsKept();

/** The rehearsal of a plan that is kept; absent: none was made, or the last one did not succeed. */
export function useKeptRehearsal(
  planHash: string | undefined,
): KeptRehearsal | undefined {
  return useSyncExternalStore(
    listener => keptRehearsals.subscribe(listener),
    () => (planHash === undefined ? undefined : keptRehearsals.of(planHash)),
  );
}

/** Whether the last rehearsal of a plan failed for what it runs, so that it must not run. */
export function useFailedRehearsal(planHash: string | undefined): boolean {
  return useSyncExternalStore(
    listener => keptRehearsals.subscribe(listener),
    () => planHash !== undefined && keptRehearsals.hasFailed(planHash),
  );
}
