import { toWireFailure, WireFailure } from './wire-failure';

const coded = (code: string, more: object = {}) =>
  Object.assign(new Error('words with a secret'), { code, ...more });

describe('toWireFailure', () => {
  it.each<[string, WireFailure['reason'], string]>([
    ['ECONNREFUSED', 'unsent', 'nobody listens there'],
    ['ENOTFOUND', 'unsent', 'there is no such host'],
    ['UND_ERR_CONNECT_TIMEOUT', 'unsent', 'no connection within 5 s'],
    ['ECONNRESET', 'lost', 'the connection failed (ECONNRESET)'],
    ['UND_ERR_SOCKET', 'lost', 'the connection failed (UND_ERR_SOCKET)'],
    ['UND_ERR_HEADERS_TIMEOUT', 'lost', 'no answer in time'],
    ['UND_ERR_BODY_TIMEOUT', 'lost', 'the answer stopped on its way'],
    ['CERT_HAS_EXPIRED', 'untrusted', 'it has expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'untrusted', 'it is for another host'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted', 'depth zero self signed cert'],
  ])('%s is %s: %s', (code, reason, what) => {
    const failure = toWireFailure(coded(code));
    expect(failure).toBeInstanceOf(WireFailure);
    expect(failure).toMatchObject({ reason, what });
  });

  it('looks into causes, and into what failed for each address', () => {
    const cause = new AggregateError([coded('ECONNREFUSED')]);
    expect(toWireFailure(new Error('x', { cause })).reason).toBe('unsent');
  });

  it.each([
    [new TypeError('a mistake')],
    [coded('UND_ERR_INVALID_ARG')],
    [coded('ERR_INVALID_URL')],
    ['no error'],
  ])('throws again what no wire does: %p', error => {
    expect(() => toWireFailure(error)).toThrow();
  });
});
