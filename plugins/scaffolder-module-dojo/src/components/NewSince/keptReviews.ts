/** A plan as somebody has read it. */
export interface KeptReview {
  /** What it was asked for with, in one spelling. */
  readonly asked: string;
  readonly parts: ReadonlySet<string>;
}

/** Far more than a person reviews before the page is loaded anew; the oldest go. */
const maxKept = 20;

/**
 * The plans that were shown since the page was loaded, by their hashes: who reviews again is shown what is new. A plan that
 * another browser showed is not known here; then nothing is marked.
 */
export class ReviewsKept {
  readonly #kept = new Map<string, KeptReview>();

  of(planHash: string): KeptReview | undefined {
    return this.#kept.get(planHash);
  }

  keep(planHash: string, review: KeptReview): void {
    this.#kept.delete(planHash);
    this.#kept.set(planHash, review);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > maxKept) this.#kept.delete(oldest);
  }
}

/** Those of this page. */
export const keptReviews = new ReviewsKept();
