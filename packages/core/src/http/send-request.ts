/** What goes out in one request. */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'PATCH' | 'PUT' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** An answer with any status; redirects are answers too. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** Limits of one exchange. */
export interface SendRequestOptions {
  readonly signal: AbortSignal;
  /** Milliseconds from the first byte out to the last byte in. */
  readonly deadline: number;
  /** The answer's body may hold so many bytes, no more. */
  readonly maxBytes: number;
}

/** No whole answer came: `what` happened, in a few words that hold no secret. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';

  constructor(
    readonly reason: 'connection' | 'deadline' | 'too-large',
    readonly what: string,
  ) {
    super(what);
  }
}

/** The wire: one exchange. It follows no redirect and keeps no cookie, so that no header goes where it was not sent. */
export type SendRequest = (
  request: HttpRequest,
  options: SendRequestOptions,
) => Promise<HttpReply>;

/**
 * {@link SendRequest} by the platform's `fetch`.
 *
 * @throws HttpFailure where no whole answer came; the signal's reason where it was aborted.
 */
export const sendRequest: SendRequest = async (request, options) => {
  const { signal, maxBytes } = options;
  const deadline = AbortSignal.timeout(options.deadline);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: toBody(request.body),
      redirect: 'manual',
      signal: AbortSignal.any([signal, deadline]),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: await readBody(response, maxBytes),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof HttpFailure) throw error;
    if (deadline.aborted) {
      throw new HttpFailure(
        'deadline',
        `no answer within ${options.deadline / 1000} s`,
      );
    }
    throw new HttpFailure('connection', toReason(error));
  }
};

function toBody(body: HttpRequest['body']): BodyInit | undefined {
  // A copy, since the type of `fetch` wants bytes that nobody shares.
  return typeof body === 'object' ? new Uint8Array(body) : body;
}

async function readBody(
  response: Response,
  maxBytes: number,
): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new HttpFailure(
        'too-large',
        `the answer is larger than ${maxBytes} bytes`,
      );
    }
    chunks.push(value);
  }
}

function toReason(error: unknown): string {
  // Not `instanceof`: the platform's errors may be another realm's.
  const code = readField(readField(error, 'cause'), 'code');
  return typeof code === 'string'
    ? `the connection failed (${code})`
    : 'the connection failed';
}

function readField(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Reflect.get(value, name)
    : undefined;
}
