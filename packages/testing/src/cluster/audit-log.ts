import { open } from 'node:fs/promises';

/** How much of each request is written down: with `Request` its body too, with `RequestResponse` the answer as well. */
export type AuditLevel = 'Metadata' | 'Request' | 'RequestResponse';

/** One request that the API server has answered. */
export interface AuditEvent {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; a path that names no object: `get`. */
  readonly verb: string;
  /** Plural, as in the path: `deployments`; empty where the path names no resource. */
  readonly resource: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  /** Path and query. */
  readonly uri: string;
  readonly user: string;
  readonly userAgent: string;
  /** HTTP status of the answer. */
  readonly status: number;
  /** Whether the request asked for a dry run, in its query or, as deletions may, in its body. */
  readonly dryRun: boolean;
  /** When the request came, RFC 3339 with microseconds. */
  readonly time: string;
  /** The request's body, where the level has it. */
  readonly requestObject?: unknown;
  /** The answer's body, where the level has it. */
  readonly responseObject?: unknown;
}

/** Which events of a log are wanted; each field that is there must be equal. */
export interface AuditFilter {
  readonly user?: string;
  readonly namespace?: string;
}

/** An event as the API server writes it: https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/ */
interface WrittenEvent {
  readonly auditID: string;
  readonly stage:
    | 'RequestReceived'
    | 'ResponseStarted'
    | 'ResponseComplete'
    | 'Panic';
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username?: string };
  readonly userAgent?: string;
  readonly objectRef?: {
    readonly resource?: string;
    readonly apiGroup?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
  readonly requestReceivedTimestamp: string;
  readonly requestObject?: unknown;
  readonly responseObject?: unknown;
}

/** Names in the policy, and of whom only writes are of interest: their reads are thousands and nobody's test. */
const controllers = [
  'system:kube-controller-manager',
  'system:kube-scheduler',
  'system:apiserver',
];

/** The policy: every request but health checks and what the control plane reads for itself. */
export function auditPolicy(level: AuditLevel): object {
  return {
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    rules: [
      {
        level: 'None',
        nonResourceURLs: ['/readyz*', '/livez*', '/healthz*'],
      },
      { level: 'None', users: controllers, verbs: ['get', 'list', 'watch'] },
      {
        // That a deletion is a dry run is often said in its body alone.
        level: level === 'Metadata' ? 'Request' : level,
        verbs: ['delete', 'deletecollection'],
      },
      { level },
    ],
  };
}

/**
 * Reads the log of one run of an API server that writes in blocking mode, in which a request is logged as received
 * before it is handled. So whatever was answered is known to the log, and its answer is what may still be on the way.
 */
export class AuditLog {
  readonly #received = new Map<string, WrittenEvent>();
  readonly #answered = new Map<string, WrittenEvent>();
  #offset = 0;
  #reading: Promise<void> = Promise.resolve();

  constructor(readonly path: string) {}

  /** Takes in what was written since the last call; one call after the other, whoever asks at once. */
  read(): Promise<void> {
    const reading = this.#reading.then(() => this.#readOn());
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  async #readOn(): Promise<void> {
    const file = await open(this.path, 'r').catch(() => undefined);
    if (!file) return;
    try {
      const { size } = await file.stat();
      const bytes = Buffer.alloc(size - this.#offset);
      const { bytesRead } = await file.read(
        bytes,
        0,
        bytes.length,
        this.#offset,
      );
      // A character may be cut at the end: only whole lines are taken.
      const end = bytes.lastIndexOf('\n', bytesRead) + 1;
      this.#offset += end;
      for (const line of bytes.toString('utf8', 0, end).split('\n')) {
        if (line !== '') this.#take(JSON.parse(line) as WrittenEvent);
      }
    } finally {
      await file.close();
    }
  }

  /** Requests whose answers are not written yet, other than those that may stay open for ever. */
  get pending(): readonly string[] {
    return [...this.#received.keys()];
  }

  /** Those answered so far, in the order in which they came. */
  get events(): readonly AuditEvent[] {
    return [...this.#answered.values()]
      .map(toEvent)
      .sort((one, other) => (one.time < other.time ? -1 : 1));
  }

  #take(event: WrittenEvent): void {
    if (event.stage === 'RequestReceived') {
      if (!isLong(event)) this.#received.set(event.auditID, event);
      return;
    }
    this.#received.delete(event.auditID);
    this.#answered.set(event.auditID, event);
  }
}

/** Whether an event is one that a filter asks for. */
export function matches(event: AuditEvent, filter: AuditFilter): boolean {
  const { user, namespace } = filter;
  return (
    (user === undefined || event.user === user) &&
    (namespace === undefined || event.namespace === namespace)
  );
}

function isLong({ verb, objectRef }: WrittenEvent): boolean {
  return (
    verb === 'watch' ||
    ['log', 'exec', 'attach', 'portforward', 'proxy'].includes(
      objectRef?.subresource ?? '',
    )
  );
}

function toEvent(event: WrittenEvent): AuditEvent {
  const { objectRef = {} } = event;
  return {
    verb: event.verb,
    resource: objectRef.resource ?? '',
    group: objectRef.apiGroup ?? '',
    subresource: objectRef.subresource,
    namespace: objectRef.namespace,
    name: objectRef.name,
    uri: event.requestURI,
    user: event.user.username ?? '',
    userAgent: event.userAgent ?? '',
    status: event.responseStatus?.code ?? 0,
    dryRun: isDryRun(event),
    time: event.requestReceivedTimestamp,
    requestObject: event.requestObject,
    responseObject: event.responseObject,
  };
}

function isDryRun({ requestURI, requestObject }: WrittenEvent): boolean {
  const query = new URL(requestURI, 'https://cluster').searchParams;
  const body = (requestObject ?? {}) as { kind?: unknown; dryRun?: unknown };
  return (
    query.getAll('dryRun').includes('All') ||
    (body.kind === 'DeleteOptions' &&
      Array.isArray(body.dryRun) &&
      body.dryRun.includes('All'))
  );
}
