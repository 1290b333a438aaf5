/** No whole answer came: `what` happened, in a few words that hold no secret. */
export class WireFailure extends Error {
  override readonly name = 'WireFailure';

  constructor(
    readonly reason: /** The server did not get the request. */
    | 'unsent'
      /** It may have got it: the connection failed, or the answer came too late. */
      | 'lost'
      /** It is not the server that is meant: never repeated. */
      | 'untrusted',
    readonly what: string,
  ) {
    super(what);
  }
}

const unsentCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be resolved at the moment',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within 5 s',
  // Of undici: what waited for a connection that failed.
  UND_ERR_PRX_TLS: 'the proxy made no connection',
};
const lateCodes: Readonly<Record<string, string>> = {
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped on its way',
};
const untrustedCode =
  /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|CRL_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|ERROR_IN_CERT_)/;

/** What an error of the network library means. Errors that are mistakes of ours are thrown again. */
export function toWireFailure(error: unknown): WireFailure {
  if (error instanceof WireFailure) return error;
  const code = codeOf(error);
  if (
    code === undefined ||
    /^(?:UND_ERR_INVALID_ARG|ERR_INVALID_)/.test(code)
  ) {
    throw error;
  }
  if (untrustedCode.test(code)) {
    return new WireFailure('untrusted', wordsOf(code));
  }
  if (Object.hasOwn(unsentCodes, code)) {
    return new WireFailure('unsent', unsentCodes[code]);
  }
  return new WireFailure(
    'lost',
    Object.hasOwn(lateCodes, code)
      ? lateCodes[code]
      : `the connection failed (${code})`,
  );
}

function wordsOf(code: string): string {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return 'it has expired';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'it is for another host';
    default:
      return code.toLowerCase().replaceAll('_', ' ');
  }
}

/** Not `instanceof`: errors of the platform may be another realm's. */
function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; depth < 4; depth += 1) {
    if (typeof at !== 'object' || at === null) return undefined;
    const { code, cause, errors } = at as {
      code?: unknown;
      cause?: unknown;
      errors?: unknown;
    };
    if (typeof code === 'string') return code;
    // One for each address of a host.
    at = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
  }
  return undefined;
}
