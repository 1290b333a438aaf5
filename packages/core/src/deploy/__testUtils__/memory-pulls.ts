import type { PullRequest, PullRequests, ReviewRule } from '../ports';
import type { MemoryInfra } from './memory-infra';

/** The pull requests of an infra repository in memory, which counts writes and may be disturbed before one. */
export class MemoryPulls implements PullRequests {
  readonly kind = 'github';
  readonly webUrl = 'https://git.example.test/acme/infra';
  review: ReviewRule = 'enforced';
  readonly held: PullRequest[] = [];
  writes = 0;
  /** Called after a write was taken. Throws to lose its reply. */
  afterWrite: () => void = () => undefined;
  readonly #infra: MemoryInfra;

  constructor(infra: MemoryInfra) {
    this.#infra = infra;
  }

  async verifyAccess() {}

  async readReviewRule() {
    return this.review;
  }

  async findOpen(branches: { readonly head: string; readonly base: string }) {
    return (await this.list(branches)).find(({ state }) => state === 'open');
  }

  async list({ head, base }: { readonly head: string; readonly base: string }) {
    return this.held
      .filter(one => one.head === head && one.base === base)
      .map(one =>
        one.state === 'open'
          ? { ...one, headCommit: this.#infra.branches.get(head) ?? '' }
          : one,
      )
      .reverse();
  }

  async read(number: number) {
    return this.held[number - 1];
  }

  async create(request: Parameters<PullRequests['create']>[0]) {
    // At one moment, as a forge does it.
    const open = this.held.find(
      one =>
        one.state === 'open' &&
        one.head === request.head &&
        one.base === request.base,
    );
    if (open !== undefined) return open;
    const number = this.held.length + 1;
    this.held.push({
      ...request,
      number,
      url: `${this.webUrl}/pull/${number}`,
      state: 'open',
      headCommit: this.#infra.branches.get(request.head) ?? '',
    });
    this.writes += 1;
    this.afterWrite();
    return this.held[number - 1];
  }

  async update(number: number, text: Parameters<PullRequests['update']>[1]) {
    this.held[number - 1] = { ...this.held[number - 1], ...text };
    this.writes += 1;
    this.afterWrite();
    return this.held[number - 1];
  }

  /** Ends a request, as somebody does on the forge. */
  end(number: number, state: 'merged' | 'closed'): void {
    const one = this.held[number - 1];
    this.held[number - 1] = {
      ...one,
      state,
      headCommit: this.#infra.branches.get(one.head) ?? '',
    };
  }
}
