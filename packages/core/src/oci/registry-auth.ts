import { mayCarryCredentials } from '../http/may-carry-credentials';
import { z } from 'zod/v3';
import { redactSecrets } from '../text/redact-secrets';
import { sendWithRetry } from '../http/retry';
import type { HttpPorts } from '../http/retry';
import { HttpFailure } from '../http/send-request';
import type { HttpReply } from '../http/send-request';
import { toPrintable } from '../text/to-printable';
import { ociErrors } from './oci-errors';
import type { ImageLocation } from './parse-image-repository';
import { parseChallenges } from './parse-challenges';

/** Credentials of a registry; the user name `<token>` says that the password is an identity token, as in docker's. */
export interface RegistryCredentials {
  readonly username?: string;
  readonly password?: string;
  /** The registry speaks HTTP without TLS; default: only where it is on this machine. */
  readonly plainHttp?: boolean;
}

/** What a request needs to be allowed to do. */
export type RegistryAction = 'pull' | 'push';

const tokenReply = z.object({
  token: z.string().min(1).optional(),
  access_token: z.string().min(1).optional(),
  // https://distribution.github.io/distribution/spec/auth/token/: absent means 60 seconds.
  expires_in: z.number().positive().default(60),
});
const tokenDeadline = 20_000;
const maxTokenBytes = 256 * 1024;
/** A token this near its end is asked for anew. */
const margin = 10_000;

interface Token {
  readonly value: string;
  readonly expires: number;
}

/**
 * Authorization for one image repository: none until the registry asks, then Basic or a Bearer token of the least scope,
 * kept for the length of a run. A challenge that asks for more than `action` needs is not obeyed.
 */
export class RegistryAuth {
  #scheme: 'none' | 'basic' | 'bearer' = 'none';
  #realm: { url: URL; service?: string } | undefined;
  readonly #tokens = new Map<RegistryAction, Token>();
  readonly #seen: string[] = [];
  readonly #location: ImageLocation;
  readonly #credentials: RegistryCredentials;
  readonly #ports: HttpPorts;

  constructor(
    location: ImageLocation,
    credentials: RegistryCredentials,
    ports: HttpPorts,
  ) {
    this.#location = location;
    this.#credentials = credentials;
    this.#ports = ports;
  }

  /** The header for the next request, as far as earlier challenges tell. */
  async header(
    action: RegistryAction,
    subject: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (this.#scheme === 'none') return undefined;
    if (this.#scheme === 'basic') return this.#basic();
    const kept = this.#tokens.get(action);
    const now = this.#ports.clock.now().getTime();
    if (kept !== undefined && kept.expires - margin > now) {
      return `Bearer ${kept.value}`;
    }
    return this.#fetchToken(action, subject, signal);
  }

  /**
   * Answers a 401: learns the scheme and gives a fresh header.
   *
   * @throws DojoError REGISTRY_DENIED where there is nothing more to offer.
   */
  async answer(
    challenge: HttpReply,
    action: RegistryAction,
    subject: string,
    signal: AbortSignal,
  ): Promise<string> {
    const written = challenge.headers.get('www-authenticate') ?? '';
    const challenges = parseChallenges(written);
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer?.params.realm !== undefined) {
      this.#scheme = 'bearer';
      this.#realm = {
        url: this.#toRealm(bearer.params.realm, subject),
        service: bearer.params.service,
      };
      return this.#fetchToken(action, subject, signal);
    }
    const hasBasic = challenges.some(({ scheme }) => scheme === 'basic');
    if (hasBasic && this.#scheme === 'none' && this.#credentials.password) {
      this.#scheme = 'basic';
      return this.#basic();
    }
    throw this.denied(challenge, action, subject);
  }

  /** {@link ociErrors.denied} with the registry's own words. */
  denied(reply: HttpReply, action: RegistryAction, subject: string) {
    return ociErrors.denied(subject, action, this.said(reply));
  }

  /** What the registry says in an error's body, without secrets and on one line. */
  said(reply: HttpReply): string {
    const text = new TextDecoder().decode(reply.body);
    return toPrintable(this.#redact(toMessage(text)));
  }

  #redact(text: string): string {
    const { username = '', password = '' } = this.#credentials;
    return redactSecrets(text, [password, ...this.#seen], [username]);
  }

  #basic(): string {
    const { username = '', password = '' } = this.#credentials;
    const pair = Buffer.from(`${username}:${password}`).toString('base64');
    return `Basic ${pair}`;
  }

  #toRealm(realm: string, subject: string): URL {
    const refused = (what: string) =>
      ociErrors.protocol(subject, `its token realm ${what}`);
    if (!URL.canParse(realm)) throw refused('is not a URL');
    const url = new URL(realm);
    const isTls = url.protocol === 'https:';
    if (!isTls && !(url.protocol === 'http:' && this.#credentials.plainHttp)) {
      throw refused(`at ${url.host} is not https`);
    }
    if (url.username || url.password) throw refused('has a user name in it');
    return url;
  }

  async #fetchToken(
    action: RegistryAction,
    subject: string,
    signal: AbortSignal,
  ): Promise<string> {
    const realm = this.#realm;
    if (realm === undefined) throw ociErrors.protocol(subject, 'no realm');
    const reply = await this.#askRealm(realm, action, subject, signal);
    if (reply.status >= 300 && reply.status < 400) {
      throw ociErrors.redirected(
        subject,
        `another address from the token realm ${realm.url.host}`,
      );
    }
    if ([400, 401, 403, 404].includes(reply.status)) {
      throw this.denied(reply, action, subject);
    }
    if (reply.status !== 200) {
      throw ociErrors.unavailable(
        subject,
        `the token realm ${realm.url.host} answered with status ${reply.status}`,
      );
    }
    const parsed = tokenReply.safeParse(toJson(reply.body));
    const value = parsed.data?.token ?? parsed.data?.access_token;
    if (!parsed.success || value === undefined || !/^[!-~]+$/.test(value)) {
      throw ociErrors.protocol(
        subject,
        `the token realm ${realm.url.host} gave no token`,
      );
    }
    this.#seen.push(value);
    const now = this.#ports.clock.now().getTime();
    const expires = now + parsed.data.expires_in * 1000;
    this.#tokens.set(action, { value, expires });
    return `Bearer ${value}`;
  }

  async #askRealm(
    realm: { url: URL; service?: string },
    action: RegistryAction,
    subject: string,
    signal: AbortSignal,
  ): Promise<HttpReply> {
    const { username, password } = mayCarryCredentials(realm.url)
      ? this.#credentials
      : { username: undefined, password: undefined };
    const actions = action === 'push' ? 'pull,push' : 'pull';
    const query = new URLSearchParams({
      scope: `repository:${this.#location.path}:${actions}`,
      ...(realm.service === undefined ? {} : { service: realm.service }),
    });
    const identity = username === '<token>' ? password : undefined;
    const url = new URL(realm.url);
    query.forEach((value, name) => {
      if (identity === undefined) url.searchParams.set(name, value);
    });
    try {
      return await sendWithRetry(
        identity === undefined
          ? {
              method: 'GET',
              url,
              headers: password ? { authorization: this.#basic() } : {},
            }
          : {
              method: 'POST',
              url,
              headers: { 'content-type': 'application/x-www-form-urlencoded' },
              body: new URLSearchParams([
                ...query,
                ['grant_type', 'refresh_token'],
                ['client_id', 'dojo-portal'],
                ['refresh_token', identity],
              ]).toString(),
            },
        this.#ports,
        {
          signal,
          deadline: tokenDeadline,
          maxBytes: maxTokenBytes,
          repeat: 'always',
        },
      );
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      throw ociErrors.unavailable(
        subject,
        `the token realm ${realm.url.host}: ${error.what}`,
      );
    }
  }
}

function toJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

const errorReply = z.object({
  errors: z.array(
    z.object({ code: z.string().nullish(), message: z.string().nullish() }),
  ),
});

function toMessage(text: string): string {
  const parsed = errorReply.safeParse(toJson(new TextEncoder().encode(text)));
  if (!parsed.success) return text.trimStart().startsWith('<') ? '' : text;
  return parsed.data.errors
    .map(({ code, message }) => [code, message].filter(Boolean).join(': '))
    .join('; ');
}
