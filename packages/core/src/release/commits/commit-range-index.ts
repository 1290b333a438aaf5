/** Of a hash that is no abbreviation. */
const wholeLength = 40;

/** Finds the commits of a range by whole or abbreviated hash. */
export class CommitRangeIndex {
  readonly #bySha = new Map<string, number>();
  /** By the first seven digits. */
  readonly #byPrefix = new Map<string, [number, string][]>();

  constructor(commits: readonly { readonly sha?: string }[]) {
    commits.forEach(({ sha }, index) => {
      if (sha === undefined) return;
      const whole = sha.toLowerCase();
      const prefix = whole.slice(0, 7);
      this.#bySha.set(whole, index);
      const alike = this.#byPrefix.get(prefix);
      if (alike) alike.push([index, whole]);
      else this.#byPrefix.set(prefix, [[index, whole]]);
    });
  }

  /** Whether no hash is known at all. */
  get isEmpty(): boolean {
    return this.#bySha.size === 0;
  }

  /** @param sha in lower case. @returns undefined where no commit has it, or several begin with it. */
  find(sha: string): number | undefined {
    const exact = this.#bySha.get(sha);
    if (exact !== undefined || sha.length >= wholeLength) return exact;
    const matches = (this.#byPrefix.get(sha.slice(0, 7)) ?? []).filter(
      ([, full]) => full.startsWith(sha),
    );
    return matches.length === 1 ? matches[0][0] : undefined;
  }
}
