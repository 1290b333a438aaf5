import { sendWithRetry } from '../http/retry';
import type { HttpPorts, RetryOptions } from '../http/retry';
import { HttpFailure } from '../http/send-request';
import type { HttpReply, HttpRequest } from '../http/send-request';
import { toPrintable } from '../text/to-printable';
import { ociErrors } from './oci-errors';
import type { ImageLocation } from './parse-image-repository';
import type {
  RegistryAction,
  RegistryAuth,
  RegistryCredentials,
} from './registry-auth';

/** One request to the repository's part of the distribution API. */
export interface RegistryRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT';
  /** After `/v2/<path>/`: `manifests/1.2.0`. */
  readonly resource: string;
  readonly action: RegistryAction;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly repeat?: RetryOptions['repeat'];
  /** `other-host`: a redirect may lead to a host that gets no credentials; `same-origin`: it may not. */
  readonly redirects: 'other-host' | 'same-origin' | 'none';
  readonly maxBytes: number;
}

/** Milliseconds that one exchange with a registry may take. */
const deadline = 60_000;
const maxRedirects = 3;

/** The policy between wire and meaning: authorization, redirects, repeats, and what a status means to anybody. */
export class RegistryClient {
  readonly #origin: string;
  readonly #location: ImageLocation;
  readonly #auth: RegistryAuth;
  readonly #ports: HttpPorts;

  constructor(
    location: ImageLocation,
    credentials: RegistryCredentials,
    auth: RegistryAuth,
    ports: HttpPorts,
  ) {
    this.#location = location;
    this.#auth = auth;
    this.#ports = ports;
    const scheme = credentials.plainHttp ? 'http' : 'https';
    this.#origin = `${scheme}://${location.apiHost}`;
  }

  /**
   * @returns the answer where its status is 2xx or 404.
   * @throws DojoError for every other end; the signal's reason where it was aborted.
   */
  async request(
    request: RegistryRequest,
    subject: string,
    signal: AbortSignal,
  ): Promise<HttpReply> {
    const path = `/v2/${this.#location.path}/${request.resource}`;
    let url = new URL(path, this.#origin);
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      const reply = await this.#exchange(url, request, subject, signal);
      const target = toRedirect(reply, url);
      if (target === undefined) {
        return this.#toMeaning(reply, request.action, subject);
      }
      this.#checkRedirect(target, request, subject);
      url = target;
    }
    throw ociErrors.protocol(subject, `more than ${maxRedirects} redirects`);
  }

  /** The registry's own words in an error, without secrets. */
  said(reply: HttpReply): string {
    return this.#auth.said(reply);
  }

  async #exchange(
    url: URL,
    request: RegistryRequest,
    subject: string,
    signal: AbortSignal,
  ): Promise<HttpReply> {
    const { action } = request;
    // Authorization goes to the origin that was configured and nowhere else.
    const isOurs = url.origin === this.#origin;
    let header = isOurs
      ? await this.#auth.header(action, subject, signal)
      : undefined;
    for (let renewed = false; ; renewed = true) {
      const reply = await this.#send(
        {
          method: request.method,
          url,
          headers: {
            ...request.headers,
            ...(header === undefined ? {} : { authorization: header }),
          },
          body: request.body,
        },
        request,
        subject,
        signal,
      );
      if (reply.status !== 401 || !isOurs || renewed) return reply;
      header = await this.#auth.answer(reply, action, subject, signal);
    }
  }

  async #send(
    request: HttpRequest,
    { maxBytes, repeat = 'always' }: RegistryRequest,
    subject: string,
    signal: AbortSignal,
  ): Promise<HttpReply> {
    try {
      return await sendWithRetry(request, this.#ports, {
        signal,
        deadline,
        maxBytes,
        repeat,
      });
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      throw ociErrors.unavailable(
        subject,
        `${request.url.host}: ${error.what}`,
      );
    }
  }

  #checkRedirect(
    target: URL,
    { redirects }: RegistryRequest,
    subject: string,
  ): void {
    const isSame = target.origin === this.#origin;
    const isSafe =
      target.protocol === 'https:' || this.#origin.startsWith('http:');
    const isAllowed =
      redirects === 'other-host'
        ? isSafe
        : redirects === 'same-origin' && isSame;
    if (!isAllowed) throw ociErrors.redirected(subject, target.host);
  }

  #toMeaning(
    reply: HttpReply,
    action: RegistryAction,
    subject: string,
  ): HttpReply {
    const { status } = reply;
    if ((status >= 200 && status < 300) || status === 404) return reply;
    if (status === 401 || status === 403) {
      throw this.#auth.denied(reply, action, subject);
    }
    if (status === 429 || status >= 500) {
      const after = reply.headers.get('retry-after');
      const wait =
        after === null ? '' : `, to be asked again after ${toPrintable(after)}`;
      throw ociErrors.unavailable(
        subject,
        `the registry answered with status ${status}${wait}`,
      );
    }
    throw ociErrors.refused(subject, status, this.#auth.said(reply));
  }
}

function toRedirect(reply: HttpReply, from: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(reply.status)) return undefined;
  const location = reply.headers.get('location') ?? '';
  return URL.canParse(location, from.href)
    ? new URL(location, from.href)
    : undefined;
}
