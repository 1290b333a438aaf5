import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterFacts, Landing } from 'dojo-portal-core/delivery';
import type { DeliveryReaders } from '../read/DeliveryReaders';
import { seenEnd } from './seenEnd';

/** A repository that took no note is asked again no sooner. */
const againAfterMs = 10 * 60_000;
/** Ends that are remembered; more are told to the repository once more, which has them. */
const maxRemembered = 10_000;

/** What {@link OutcomeNoter} works with. */
export interface OutcomeNoterOptions {
  /** The landing that git wants there now, and the repository that has it. */
  readonly landingOf: (
    component: string,
    environment: string,
  ) => { readonly infra: string; readonly landing: Landing } | undefined;
  readonly readers: Pick<DeliveryReaders, 'noteOutcome'>;
  readonly clock: { now(): Date };
  readonly logger: Pick<LoggerService, 'warn'>;
  /** Ends what is under way. */
  readonly signal: AbortSignal;
}

/**
 * Has noted how rollouts ended that no run of the portal watches: of changes that somebody merged or pushed. No other
 * system keeps that, and history and measures need it when the next version has come.
 */
export class OutcomeNoter {
  readonly #options: OutcomeNoterOptions;
  /** By landing and outcome, until when nothing is to be done; no end: it is noted. */
  readonly #told = new Map<string, number>();
  #noting: Promise<void> = Promise.resolve();

  constructor(options: OutcomeNoterOptions) {
    this.#options = options;
  }

  /** Takes what the cluster shows of a component now. Never throws, and waits for nothing. */
  seen(component: string, environment: string, facts: ClusterFacts): void {
    const { landingOf, clock, readers } = this.#options;
    const { noteOutcome } = readers;
    const found = landingOf(component, environment);
    if (found === undefined || noteOutcome === undefined) return;
    const now = clock.now();
    const end = seenEnd(found.landing, facts, now);
    if (end === undefined) return;
    const key = `${found.landing.commit} ${environment} ${end.outcome}`;
    if ((this.#told.get(key) ?? 0) > now.getTime()) return;
    if (this.#told.size >= maxRemembered) this.#told.clear();
    this.#told.set(key, Infinity);
    const { commit } = found.landing;
    const folder = `${component}/${environment}`;
    // One after the other: each is a push to the same ref.
    this.#noting = this.#noting.then(() =>
      this.#note(key, () =>
        noteOutcome(
          found.infra,
          { commit, folder, ...end },
          this.#options.signal,
        ),
      ),
    );
  }

  /** Resolves when nothing is noted any more. */
  async idle(): Promise<void> {
    await this.#noting;
  }

  async #note(
    key: string,
    note: () => Promise<string | undefined>,
  ): Promise<void> {
    const { clock, logger, signal } = this.#options;
    const why = await note().catch(error =>
      error instanceof Error ? error.message : String(error),
    );
    if (why === undefined || signal.aborted) return;
    this.#told.set(key, clock.now().getTime() + againAfterMs);
    logger.warn(`How a rollout ended could not be noted: ${why}`);
  }
}
