import type { ClusterAccess, Credentials } from '../access/cluster-access';
import { kubernetesErrors } from '../kubernetes-errors';
import { Wire } from './wire';

/** Credentials, and the wire that knows their certificate. */
export interface Session {
  readonly wire: Wire;
  readonly credentials: Credentials;
}

// What a header may hold (RFC 9110 §5.5); a token with a line end in it would be two headers.
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The session of a cluster's requests: one for all, until its credentials expire or are refused. */
export class Sessions {
  readonly #access: ClusterAccess;
  readonly #clock: { now(): Date };
  readonly #closing = new AbortController();
  readonly #wires: Wire[] = [];
  #session: Promise<Session> | undefined;

  constructor(access: ClusterAccess, clock: { now(): Date }) {
    this.#access = access;
    this.#clock = clock;
  }

  /** Gets credentials and a connection while other things are done; the first request hears of what fails. */
  prepare(): void {
    const { signal } = this.#closing;
    if (signal.aborted) return;
    this.#session ??= this.#open();
    this.#session.then(
      ({ wire }) => {
        if (!signal.aborted) wire.connectEarly();
      },
      () => undefined,
    );
  }

  /** @throws DojoError of the credentials; the signal's reason where it was aborted. */
  async current(signal: AbortSignal): Promise<Session> {
    signal.throwIfAborted();
    // Not with the caller's signal: others wait for the same.
    this.#session ??= this.#open();
    const session = this.#session;
    try {
      const { credentials } = await orAborted(session, signal);
      const isOver =
        credentials.expires !== undefined &&
        credentials.expires <= this.#clock.now().getTime();
      if (!isOver) return await session;
      this.#forget(session);
      this.#session ??= this.#open();
      return await orAborted(this.#session, signal);
    } catch (error) {
      if (!signal.aborted) this.#forget(session);
      throw error;
    }
  }

  /** The server refused this session's credentials: the next one has new ones. */
  async renew(refused: Session): Promise<void> {
    const present = this.#session;
    if (present !== undefined && (await present) === refused) {
      this.#forget(present);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('the cluster was closed'));
    await Promise.all(this.#wires.map(wire => wire.close()));
  }

  #forget(session: Promise<Session>): void {
    if (this.#session === session) this.#session = undefined;
  }

  async #open(): Promise<Session> {
    const { name } = this.#access;
    const { signal } = this.#closing;
    const credentials = await this.#access.credentials(signal);
    for (const value of Object.values(credentials.headers).flat()) {
      if (headerValue.test(value)) continue;
      throw kubernetesErrors.credentialsFailed(
        name,
        'the configuration',
        'there are characters in them that no token has',
      );
    }
    // A connection is kept as long as its certificate is the same.
    const last = this.#wires.at(-1);
    if (last?.hasCertificate(credentials.certificate)) {
      return { wire: last, credentials };
    }
    const wire = new Wire(this.#access, credentials);
    this.#wires.push(wire);
    return { wire, credentials };
  }
}

/** The promise's end, or the signal's reason, whichever comes first. */
async function orAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
