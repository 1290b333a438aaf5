import { generateKeyPairSync, sign } from 'node:crypto';
import { serve } from '../faults/serve';
import type { Answer, FaultyServer } from '../faults/serve';
import { registryAccount } from './registry-account';

/** A token server as of https://distribution.github.io/distribution/spec/auth/token/, for one account and anonymous pulls. */
export interface TokenServer extends FaultyServer {
  readonly service: string;
  readonly issuer: string;
  /** The keys by which the registry knows the tokens, as a JSON Web Key Set. */
  readonly jwks: string;
  /** Scopes asked for, in order. */
  readonly scopes: readonly string[];
  /** Identity token that the OAuth2 form takes in place of the account's password. */
  readonly identityToken: string;
}

const keyId = 'test-key';
const service = 'test-registry';
const issuer = 'test-issuer';
const identityToken = 'identity/token+of=robot';

/** Starts a token server on a free port. */
export async function startTokenServer(): Promise<TokenServer> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const scopes: string[] = [];
  const toToken = (account: string, scope: string): string => {
    const [type, name, actions] = scope.split(':');
    const allowed = actions
      .split(',')
      .filter(action => action === 'pull' || account !== '');
    const now = Math.floor(Date.now() / 1000);
    const content = [
      { alg: 'ES256', typ: 'JWT', kid: keyId },
      {
        iss: issuer,
        sub: account,
        aud: service,
        exp: now + 300,
        nbf: now - 10,
        iat: now,
        jti: String(scopes.length),
        access: [{ type, name, actions: allowed }],
      },
    ]
      .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = sign('sha256', Buffer.from(content), {
      key: privateKey,
      dsaEncoding: 'ieee-p1363',
    });
    return `${content}.${signature.toString('base64url')}`;
  };

  const server = await serve(async (request, body) => {
    const url = new URL(request.url ?? '/', 'http://token');
    const form = new URLSearchParams(body.toString());
    const isForm = request.method === 'POST';
    const query = isForm ? form : url.searchParams;
    const scope = query.get('scope') ?? '';
    scopes.push(scope);
    const account = isForm
      ? form.get('refresh_token') === identityToken && registryAccount.username
      : toAccount(request.headers.authorization);
    if (account === false) {
      return answer(401, {
        errors: [
          {
            code: 'UNAUTHORIZED',
            // As careless as a server can be: a client must not show it.
            message: `refused ${request.headers.authorization ?? body}`,
          },
        ],
      });
    }
    return answer(200, {
      [isForm ? 'access_token' : 'token']: toToken(account, scope),
      expires_in: 300,
    });
  });
  const key = { ...publicKey.export({ format: 'jwk' }), kid: keyId };
  const jwks = JSON.stringify({ keys: [{ ...key, use: 'sig', alg: 'ES256' }] });
  return { ...server, service, issuer, jwks, scopes, identityToken };
}

function toAccount(authorization: string | undefined): string | false {
  if (authorization === undefined) return '';
  const { username, password } = registryAccount;
  const pair = Buffer.from(`${username}:${password}`).toString('base64');
  return authorization === `Basic ${pair}` && username;
}

function answer(status: number, json: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(json),
  };
}
