import type { DeliveryAnswer } from '../deliveryAnswer';
import { changesBetween, type DeliveryChange } from './changesBetween';

/** What happens within so many milliseconds of another change is told together with it: the sources are read one by one. */
export const togetherMs = 60_000;

/** Which changes are told at an answer about one component, from one answer to the next. */
export class Announcer {
  #before: DeliveryAnswer | undefined;
  /** The answer before the first of the changes that belong together. */
  #start: DeliveryAnswer | undefined;
  #saidAt = -Infinity;

  /** @param before - what was seen last, where the page comes back to it; absent: nothing was. */
  constructor(before?: DeliveryAnswer) {
    this.#before = before;
  }

  /** What was seen last, with what is known of it. */
  get seen(): DeliveryAnswer | undefined {
    return this.#before;
  }

  /** @returns what is to be told now; empty: nothing new, and what was told last stays. */
  next(delivery: DeliveryAnswer, now: number): readonly DeliveryChange[] {
    const before = this.#before;
    const known = before ? withKnownLevels(before, delivery) : delivery;
    this.#before = known;
    if (before === undefined) return [];
    const changes = changesBetween(before, known);
    if (changes.length === 0) return [];
    const goesOn = this.#start !== undefined && now - this.#saidAt < togetherMs;
    this.#saidAt = now;
    if (!goesOn) this.#start = before;
    const all = changesBetween(this.#start ?? before, known);
    // What went back to how it was is still a change to whoever saw it go.
    return all.length >= changes.length ? all : changes;
  }
}

/** While a database is migrated its level is not told: what it was is what the next one is compared with. */
function withKnownLevels(
  before: DeliveryAnswer,
  after: DeliveryAnswer,
): DeliveryAnswer {
  if (before.component !== after.component) return after;
  return {
    ...after,
    environments: after.environments.map(environment => {
      const was = before.environments.find(
        ({ name }) => name === environment.name,
      );
      return environment.database.kind === 'level' ||
        was?.database.kind !== 'level'
        ? environment
        : { ...environment, database: was.database };
    }),
  };
}
