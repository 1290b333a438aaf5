/** What goes wrong with one request. */
export type Fault =
  /** The connection dies before the server sees the request. */
  | { readonly kind: 'drop-request' }
  /** The server does it, and the connection dies instead of an answer. */
  | { readonly kind: 'drop-reply' }
  /** The server never sees it; this is answered. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** No answer ever comes; the server never sees it. */
  | { readonly kind: 'hang' }
  /** The server does it; `run` runs before the answer goes out. */
  | { readonly kind: 'then'; run(): void | Promise<void> };

/** Which requests a fault meets: the next `times` (default 1) that match. */
export interface FaultRule {
  readonly method?: string;
  readonly path?: RegExp;
  readonly times?: number;
  readonly fault: Fault;
}

/** One request as a server's log shows it. */
export interface LoggedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** As it came, so that a test can tell who was sent which secret. */
  readonly authorization?: string;
  /** Absent where the connection died without an answer. */
  readonly status?: number;
}

/** The faults that are still to come. */
export class FaultPlan {
  #rules: { rule: FaultRule; left: number }[] = [];

  add(rule: FaultRule): void {
    this.#rules.push({ rule, left: rule.times ?? 1 });
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault that meets this request, used up by it. */
  take(method: string, path: string): Fault | undefined {
    const found = this.#rules.find(
      ({ rule, left }) =>
        left > 0 &&
        (rule.method ?? method) === method &&
        (rule.path ?? /^/).test(path),
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.rule.fault;
  }
}
