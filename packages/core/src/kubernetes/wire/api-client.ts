import type { ObjectRef } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { ClusterVerb } from '../../cluster/cluster-refusal';
import type { Sleep } from '../../http/retry';
import { redactSecrets } from '../../text/redact-secrets';
import { toPrintable } from '../../text/to-printable';
import type { ClusterAccess } from '../access/cluster-access';
import { kubernetesErrors } from '../kubernetes-errors';
import type { Resource } from '../resources/resource';
import { parseStatus } from './parse-status';
import type { ServerStatus } from './parse-status';
import { BodyTooLarge, readBody } from './read-body';
import { isTrouble, parseRetryAfter, pauseAfter } from './retry-schedule';
import type { Trouble, Troubled } from './retry-schedule';
import { Sessions } from './sessions';
import type { Session } from './sessions';
import type { WireReply, WireRequest } from './wire';
import { WireFailure } from './wire-failure';

/** What a request wants of which object, for the words of its failure. */
export interface RequestSubject {
  readonly verb: ClusterVerb;
  readonly resource: Resource;
  readonly object: Omit<ObjectRef, 'name'> & { readonly name?: string };
  readonly dryRun: boolean;
}

/** One request to the API. */
export interface ApiRequest {
  readonly method: WireRequest['method'];
  readonly path: string;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly repeat: Troubled['repeat'];
  /** Default: 32 MB. */
  readonly limit?: {
    readonly maxBytes: number;
    /** What a larger answer is thrown as. */
    readonly exceeded: () => Error;
  };
  readonly subject: RequestSubject;
}

/** An answer with status 2xx. */
export interface ApiReply {
  readonly status: number;
  readonly headers: WireReply['headers'];
  readonly body: Buffer;
}

/** What an API client waits, tells the time and throws dice with. */
export interface ClientPorts {
  readonly clock: { now(): Date };
  readonly sleep: Sleep;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Bytes of one answer; an object has at most 1.5 MB in etcd, a list comes in pages. */
const maxAnswer = 32 * 1024 * 1024;
const maxErrorAnswer = 1024 * 1024;
/** Milliseconds until an answer begins: the server ends a write, with its webhooks, after 60 s itself. */
const readTimeout = 30_000;
const writeTimeout = 65_000;
const pauseTimeout = 30_000;
/** Milliseconds after a failed connection in which an API server may be one that has just started. */
const startMilliseconds = 8_000;

/** The policy between wire and meaning: credentials, repeats, limits, and what a status means to anybody. */
export class ApiClient {
  readonly #access: ClusterAccess;
  readonly #sessions: Sessions;
  readonly ports: ClientPorts;
  #hasAnswered = false;
  /** When a connection failed last, in epoch milliseconds. */
  #cutAt = Number.NEGATIVE_INFINITY;

  constructor(access: ClusterAccess, ports: ClientPorts) {
    this.#access = access;
    this.#sessions = new Sessions(access, ports.clock);
    this.ports = ports;
  }

  /** As {@link Sessions.prepare}. */
  prepare(): void {
    this.#sessions.prepare();
  }

  get cluster(): string {
    return this.#access.name;
  }

  /**
   * @throws ClusterRefusal where the server refuses; DojoError CLUSTER_UNREACHABLE, CLUSTER_UNTRUSTED,
   * CLUSTER_UNAUTHORIZED, CLUSTER_ANSWER_TOO_LARGE, CLUSTER_ANSWER_INVALID or of the credentials; the signal's reason where
   * it was aborted.
   */
  async call(request: ApiRequest, signal: AbortSignal): Promise<ApiReply> {
    const { maxBytes = maxAnswer } = request.limit ?? {};
    return this.read(
      request,
      async reply => ({
        status: reply.status,
        headers: reply.headers,
        body: await readBody(reply, maxBytes, signal),
      }),
      signal,
    );
  }

  /** As {@link call}; `take` reads the body, again from its beginning where the connection failed meanwhile. */
  async read<T>(
    request: ApiRequest,
    take: (reply: WireReply) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const shape = { lasting: false, bodyTimeout: pauseTimeout };
    return this.#untilDone(request, shape, take, signal);
  }

  /** As {@link call}, for an answer that lasts: its body is the caller's to read, within `pause` milliseconds a piece. */
  async open(
    request: ApiRequest,
    pause: number,
    signal: AbortSignal,
  ): Promise<WireReply> {
    return this.#untilDone(
      request,
      { lasting: true, bodyTimeout: pause },
      async reply => reply,
      signal,
    );
  }

  /** JSON of an answer. @throws DojoError CLUSTER_ANSWER_INVALID */
  json(reply: ApiReply, path: string): unknown {
    try {
      return JSON.parse(reply.body.toString('utf8'));
    } catch {
      throw this.invalid(path, 'its answer is no JSON');
    }
  }

  /** An answer that no API server gives. */
  invalid(path: string, problem: string): Error {
    return kubernetesErrors.answerInvalid(this.cluster, path, problem);
  }

  /** An answer that is larger than is read. */
  tooLarge(subject: string, limit: string): Error {
    return kubernetesErrors.answerTooLarge(this.cluster, subject, limit);
  }

  /** A connection that failed, once it is not tried any more. */
  unreachable({ reason, what }: WireFailure): Error {
    const { name, server } = this.#access;
    return reason === 'untrusted'
      ? kubernetesErrors.untrusted(name, server.host, what)
      : kubernetesErrors.unreachable(name, server.host, what);
  }

  /** What the server said of a request. */
  refusal({ subject }: ApiRequest, said: RefusalWords): ClusterRefusal {
    const { verb, resource, object, dryRun } = subject;
    return new ClusterRefusal({
      ...said,
      verb,
      resource: resource.plural,
      group: resource.group,
      object,
      dryRun,
    });
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }

  async #untilDone<T>(
    request: ApiRequest,
    shape: Pick<WireRequest, 'lasting' | 'bodyTimeout'>,
    take: (reply: WireReply) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { clock, sleep, random } = this.ports;
    let since: number | undefined;
    let isRenewed = false;
    for (let attempts = 1; ; attempts += 1) {
      const session = await this.#sessions.current(signal);
      let trouble: Trouble;
      let failure: Error;
      try {
        const reply = await this.#send(request, shape, session, signal);
        this.#hasAnswered = true;
        if (reply.status >= 200 && reply.status < 300) return await take(reply);
        const refused = await this.#read(reply, session, signal);
        if (reply.status === 401 && !isRenewed) {
          isRenewed = true;
          await this.#sessions.renew(session);
          continue;
        }
        failure = this.#toFailure(request, reply, refused);
        const isTold =
          !isTrouble(reply.status, refused.status) &&
          !this.#mayBeStarting(reply.status);
        if (isTold) throw failure;
        trouble = {
          kind: 'status',
          status: reply.status,
          retryAfter: this.#askedWait(reply, refused.status),
        };
      } catch (error) {
        if (error instanceof BodyTooLarge) {
          throw (
            request.limit?.exceeded() ??
            this.tooLarge(`the answer to ${request.path}`, `${maxAnswer} bytes`)
          );
        }
        if (!(error instanceof WireFailure)) throw error;
        failure = this.unreachable(error);
        if (error.reason === 'untrusted') throw failure;
        this.#cutAt = clock.now().getTime();
        trouble = { kind: 'wire', isSent: error.reason === 'lost' };
      }
      const now = clock.now().getTime();
      since ??= now;
      const pause = pauseAfter(trouble, {
        attempts,
        elapsed: now - since,
        answered: this.#hasAnswered,
        repeat: request.repeat,
        random: random(),
      });
      if (pause === undefined) throw failure;
      await sleep(pause, signal);
    }
  }

  /** An API server that starts refuses for a moment what it will allow: it knows no roles and no accounts yet. */
  #mayBeStarting(status: number): boolean {
    const now = this.ports.clock.now().getTime();
    return [401, 403].includes(status) && now - this.#cutAt < startMilliseconds;
  }

  #send(
    request: ApiRequest,
    shape: Pick<WireRequest, 'lasting' | 'bodyTimeout'>,
    { wire, credentials }: Session,
    signal: AbortSignal,
  ): Promise<WireReply> {
    const { method, path, contentType, body } = request;
    return wire.send(
      {
        ...shape,
        method,
        path,
        headers: contentType ? { 'content-type': contentType } : {},
        body: body === undefined ? undefined : JSON.stringify(body),
        headersTimeout: method === 'GET' ? readTimeout : writeTimeout,
      },
      credentials.headers,
      signal,
    );
  }

  /** What stands in an answer that is no success, without secrets. */
  async #read(
    reply: WireReply,
    { credentials }: Session,
    signal: AbortSignal,
  ): Promise<Refused> {
    let text = '';
    try {
      text = (await readBody(reply, maxErrorAnswer, signal)).toString('utf8');
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) throw error;
    }
    text = redactSecrets(text, credentials.secrets);
    try {
      return { text, status: parseStatus(JSON.parse(text)) };
    } catch {
      return { text };
    }
  }

  #toFailure(
    request: ApiRequest,
    { status }: WireReply,
    refused: Refused,
  ): Error {
    if (status === 401) return kubernetesErrors.unauthorized(this.cluster);
    if (status < 400) {
      return this.invalid(
        request.path,
        `it answers with a redirect (${status}), which is not followed`,
      );
    }
    const said = refused.status;
    const isBusy =
      isTrouble(status, said) && status !== 500 && !isWebhook(said?.message);
    if (isBusy || (status >= 500 && said === undefined)) {
      const words = toPrintable(said?.message ?? refused.text);
      return kubernetesErrors.unreachable(
        this.cluster,
        this.#access.server.host,
        `it answers with status ${status}${words === '' ? '' : ` (${words})`}`,
      );
    }
    return this.refusal(request, {
      status: said?.code ?? status,
      reason: said?.reason ?? '',
      message: said?.message ?? toPrintable(refused.text),
      causes: said?.causes ?? [],
    });
  }

  #askedWait(
    { headers }: WireReply,
    status: ServerStatus | undefined,
  ): number | undefined {
    const header = [headers['retry-after']].flat()[0];
    const seconds = status?.retryAfterSeconds;
    return (
      parseRetryAfter(header, this.ports.clock.now()) ??
      (seconds === undefined ? undefined : seconds * 1_000)
    );
  }
}

type RefusalWords = Pick<
  ClusterRefusal['refused'],
  'status' | 'reason' | 'message' | 'causes'
>;

interface Refused {
  readonly text: string;
  /** Absent: it is no Status. */
  readonly status?: ServerStatus;
}

/** A webhook that does not answer is a fault of the object's admission, whatever the status. */
function isWebhook(message: string | undefined): boolean {
  return message?.includes('failed calling webhook') ?? false;
}
