import { ZodError } from 'zod/v3';
import type { PullRequest, PullRequests, ReviewRule } from '../deploy/ports';
import type { HttpPorts } from '../http/retry';
import { createOnce } from './create-once';
import type { ForgeClient, ForgeReply, ForgeRequest } from './forge-client';
import { forgeErrors } from './forge-errors';
import { verifyForgeAccess } from './verify-forge-access';

/** Two branches of one repository. */
export type Branches = Parameters<PullRequests['findOpen']>[0];

/** What a request is made of. */
export type NewRequest = Parameters<PullRequests['create']>[0];

/** What both forges take and give at most. */
const maxPage = 100;

/** What a forge says of its requests for a change, and where. */
export interface RequestDialect {
  /** `pull request` */
  readonly name: string;
  /** Below the repository's path: `/pulls`. */
  readonly below: string;
  /** What one is changed by. */
  readonly change: 'PATCH' | 'PUT';
  /** The values of `state` in the query of a list. */
  readonly states: { readonly open: string; readonly all: string };
  /** The query of a list of what goes from one branch to another, newest first. */
  readonly queryOf: (branches: Branches) => Readonly<Record<string, string>>;
  readonly toNew: (request: NewRequest) => unknown;
  readonly toChange: (text: Pick<NewRequest, 'title' | 'body'>) => unknown;
  /** @throws ZodError where the answer is none as the forge describes it. */
  readonly readOne: (json: unknown) => PullRequest;
  /** Those of these branches of the repository itself: a filter that a forge does not understand is left out by it, in silence. */
  readonly readList: (json: unknown, branches: Branches) => PullRequest[];
}

/** Requests for a change on a forge: one a pair of branches, made once, and read with all that is known of them. */
export abstract class ForgeRequests implements PullRequests {
  abstract readonly kind: PullRequests['kind'];
  readonly webUrl: string;
  protected readonly repository: string;
  protected readonly path: string;
  protected readonly client: ForgeClient;
  readonly #ports: Pick<HttpPorts, 'sleep' | 'clock'>;
  readonly #dialect: RequestDialect;

  /** @param place - `repository`: `github.com/acme/infra`; `path`: of the API. */
  constructor(
    place: { readonly repository: string; readonly path: string },
    client: ForgeClient,
    ports: Pick<HttpPorts, 'sleep' | 'clock'>,
    dialect: RequestDialect,
  ) {
    this.repository = place.repository;
    this.webUrl = `https://${place.repository}`;
    this.path = place.path;
    this.client = client;
    this.#ports = ports;
    this.#dialect = dialect;
  }

  abstract readReviewRule(
    branch: string,
    signal: AbortSignal,
  ): Promise<ReviewRule>;

  verifyAccess(signal: AbortSignal): Promise<void> {
    const { repository, path, client } = this;
    const action = `open ${this.#dialect.name}s`;
    return verifyForgeAccess(client, { repository, path, action }, signal);
  }

  async findOpen(
    branches: Branches,
    signal: AbortSignal,
  ): Promise<PullRequest | undefined> {
    const [found] = await this.#list(branches, 'open', maxPage, signal);
    return found;
  }

  list(
    branches: Branches,
    cap: number,
    signal: AbortSignal,
  ): Promise<readonly PullRequest[]> {
    return this.#list(branches, 'all', cap, signal);
  }

  async read(
    number: number,
    signal: AbortSignal,
  ): Promise<PullRequest | undefined> {
    const { name, readOne } = this.#dialect;
    const action = `read ${name} ${number}`;
    const reply = await this.#ask({ method: 'GET', action }, number, signal);
    return reply.status === 404
      ? undefined
      : this.#parsed(reply, action, readOne);
  }

  create(request: NewRequest, signal: AbortSignal): Promise<PullRequest> {
    return createOnce(
      () => this.#post(request, signal),
      () => this.findOpen(request, signal),
      this.#ports,
      signal,
    );
  }

  async update(
    number: number,
    text: Parameters<PullRequests['update']>[1],
    signal: AbortSignal,
  ): Promise<PullRequest> {
    const { name, change, toChange, readOne } = this.#dialect;
    const action = `update ${name} ${number}`;
    const reply = await this.#ask(
      { method: change, json: toChange(text), action },
      number,
      signal,
    );
    if (reply.status !== 200) throw this.#refused(reply, action);
    return this.#parsed(reply, action, readOne);
  }

  async #post(request: NewRequest, signal: AbortSignal): Promise<PullRequest> {
    const { name, below, toNew, readOne } = this.#dialect;
    const { head, base } = request;
    const action = `open a ${name} from ${head} to ${base}`;
    const reply = await this.client.request(
      {
        method: 'POST',
        path: `${this.path}${below}`,
        json: toNew(request),
        action,
      },
      signal,
    );
    if (reply.status === 404) {
      throw forgeErrors.denied(this.repository, action, reply.said);
    }
    if (reply.status === 201) return this.#parsed(reply, action, readOne);
    // It says so in words alone that one is open already; what is open tells.
    const open = await this.findOpen({ head, base }, signal);
    if (open !== undefined) return open;
    throw this.#refused(reply, action);
  }

  async #list(
    branches: Branches,
    state: 'open' | 'all',
    cap: number,
    signal: AbortSignal,
  ): Promise<PullRequest[]> {
    const { name, below, states, queryOf, readList } = this.#dialect;
    const action = `list the ${name}s from ${branches.head} to ${branches.base}`;
    const query = new URLSearchParams({
      state: states[state],
      ...queryOf(branches),
      per_page: `${Math.min(cap, maxPage)}`,
    });
    const path = `${this.path}${below}?${query}`;
    const reply = await this.client.request(
      { method: 'GET', path, action },
      signal,
    );
    if (reply.status !== 200) throw this.#refused(reply, action);
    return this.#parsed(reply, action, json => readList(json, branches));
  }

  #ask(
    request: Omit<ForgeRequest, 'path'>,
    number: number,
    signal: AbortSignal,
  ): Promise<ForgeReply> {
    const path = `${this.path}${this.#dialect.below}/${number}`;
    return this.client.request({ ...request, path }, signal);
  }

  #parsed<T>(
    { json }: ForgeReply,
    action: string,
    read: (json: unknown) => T,
  ): T {
    try {
      return read(json);
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      throw forgeErrors.unavailable(
        this.repository,
        action,
        `the answer is no ${this.#dialect.name} as the forge describes it`,
      );
    }
  }

  #refused({ status, said }: ForgeReply, action: string): Error {
    return forgeErrors.invalid(this.repository, action, status, said);
  }
}
