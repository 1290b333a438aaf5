import type { Socket } from 'node:net';
import type { Agent, Dispatcher } from 'undici';
import type { ClusterAccess, Credentials } from '../access/cluster-access';
import { hearLateAnswers } from './hear-late-answers';
import { toWireFailure } from './wire-failure';

type Undici = typeof import('undici');

/** Milliseconds for a connection, TLS included. */
const connectTimeout = 5_000;
/** Milliseconds between pings that keep a quiet connection, and find out that it is dead. */
const pingInterval = 15_000;
/** Connections to a server that speaks HTTP/1.1 alone; over HTTP/2 there is one. */
const maxConnections = 4;

/** One request on its way. */
export interface WireRequest {
  readonly method: 'GET' | 'PATCH' | 'DELETE';
  /** With its query, from the root of the API. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Milliseconds until the answer begins. */
  readonly headersTimeout: number;
  /** Milliseconds that an answer may pause. */
  readonly bodyTimeout: number;
  /** An answer that lasts: it must not stand in the way of others. */
  readonly lasting: boolean;
}

/** An answer whose body is still to come; it is to be read to its end, or destroyed. */
export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array> & { destroy(): void };
}

/** With its first use: undici costs 60 ms. A `require`, as this package is built to CommonJS. */
function loadUndici(): Undici {
  return require('undici');
}

/**
 * The wire to one API server. Requests share one TLS connection (HTTP/2), those that last included; where the server, or a
 * proxy on the way, speaks HTTP/1.1 alone, there are up to four, and one for each that lasts.
 */
export class Wire {
  readonly #access: ClusterAccess;
  readonly #certificate: Credentials['certificate'];
  readonly #allowH2: boolean;
  readonly #undici = loadUndici();
  readonly #shared: Dispatcher;
  #ofLasting: Dispatcher | undefined;
  #isMultiplexed = false;
  /** A connection that no request has taken yet. */
  #early: Promise<Socket> | undefined;

  constructor(access: ClusterAccess, { certificate, headers }: Credentials) {
    hearLateAnswers();
    this.#access = access;
    this.#certificate = certificate;
    // Over HTTP/2 undici makes one header of several of a name: impersonation by groups would be of one odd group.
    this.#allowH2 = !Object.values(headers).some(
      value => Array.isArray(value) && value.length > 1,
    );
    this.#shared = this.#createDispatcher(maxConnections);
  }

  /** Whether its connections are made with this very client certificate. */
  hasCertificate(certificate: Credentials['certificate']): boolean {
    const mine = this.#certificate;
    return mine?.cert === certificate?.cert && mine?.key === certificate?.key;
  }

  /**
   * Makes the connection for the first request, which takes it as it would make it; where it cannot be made, or is over by
   * then, that request makes its own and tells. Through a proxy nothing is made ahead.
   */
  connectEarly(): void {
    const { server, proxy } = this.#access;
    if (proxy !== undefined || this.#early !== undefined) return;
    const { hostname, host, protocol, port } = server;
    const connect = this.#undici.buildConnector(this.#secure());
    const early = new Promise<Socket>((resolve, reject) => {
      connect({ hostname, host, protocol, port }, (error, socket) => {
        if (error) reject(error);
        else resolve(socket);
      });
    });
    early.catch(() => undefined);
    this.#early = early;
  }

  /** @throws WireFailure; the signal's reason where it was aborted. */
  async send(
    request: WireRequest,
    headers: Credentials['headers'],
    signal: AbortSignal,
  ): Promise<WireReply> {
    signal.throwIfAborted();
    const { server } = this.#access;
    try {
      const reply = await this.#undici.request(
        `${server.origin}${server.pathname.replace(/\/$/, '')}${request.path}`,
        {
          dispatcher: this.#dispatcherFor(request),
          method: request.method,
          headers: {
            accept: 'application/json',
            'user-agent': 'dojo-portal',
            ...request.headers,
            ...headers,
          },
          body: request.body,
          signal,
          headersTimeout: request.headersTimeout,
          bodyTimeout: request.bodyTimeout,
        },
      );
      const { body } = reply;
      // Whoever does not read it any more does not hear of its end either.
      body.on('error', () => {});
      return { status: reply.statusCode, headers: reply.headers, body };
    } catch (error) {
      signal.throwIfAborted();
      throw toWireFailure(error);
    }
  }

  /** Ends what is on its way. */
  async close(): Promise<void> {
    this.#takeEarly()?.then(
      socket => socket.destroy(),
      () => undefined,
    );
    await Promise.all([this.#shared.destroy(), this.#ofLasting?.destroy()]);
  }

  #dispatcherFor({ lasting }: WireRequest): Dispatcher {
    if (!lasting || this.#isMultiplexed) return this.#shared;
    this.#ofLasting ??= this.#createDispatcher(undefined);
    return this.#ofLasting;
  }

  #takeEarly(): Promise<Socket> | undefined {
    const early = this.#early;
    this.#early = undefined;
    return early;
  }

  #secure() {
    const { tls } = this.#access;
    return {
      ca: tls.ca,
      servername: tls.servername,
      cert: this.#certificate?.cert,
      key: this.#certificate?.key,
      // Said, since the environment of Node could switch it off.
      rejectUnauthorized: tls.unverified !== true,
      timeout: connectTimeout,
      allowH2: this.#allowH2,
      preferH2: this.#allowH2,
    };
  }

  #createDispatcher(connections: number | undefined): Dispatcher {
    const { proxy } = this.#access;
    const secure = this.#secure();
    const options: Pick<
      Agent.Options,
      'connections' | 'pipelining' | 'allowH2' | 'h2Options'
    > = {
      connections,
      pipelining: 1,
      allowH2: this.#allowH2,
      h2Options: { pingInterval, maxConcurrentStreams: 100 },
    };
    const { Agent: Direct, ProxyAgent, Socks5ProxyAgent } = this.#undici;
    if (proxy?.protocol === 'socks5:') {
      return new Socks5ProxyAgent(proxy, { ...options, requestTls: secure });
    }
    if (proxy !== undefined) {
      return new ProxyAgent({
        ...options,
        uri: proxy.href,
        requestTls: secure,
        proxyTls: { timeout: connectTimeout },
      });
    }
    const connect = this.#undici.buildConnector(secure);
    return new Direct({
      ...options,
      connect: (to, callback) => {
        const take = (socket: Socket) => {
          const { alpnProtocol } = socket as { alpnProtocol?: string | false };
          this.#isMultiplexed = alpnProtocol === 'h2';
          callback(null, socket);
        };
        const make = () =>
          connect(to, (error, socket) => {
            if (error) callback(error, null);
            else take(socket);
          });
        const early = this.#takeEarly();
        if (early === undefined) make();
        else
          early.then(
            socket => (socket.destroyed ? make() : take(socket)),
            make,
          );
      },
    });
  }
}
