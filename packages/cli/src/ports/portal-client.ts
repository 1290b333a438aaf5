import { DojoClient } from 'backstage-plugin-dojo-common';
import { readPortalUrl } from 'dojo-portal-core/deploy';
import {
  mayCarryCredentials,
  sendRequest,
  sendWithRetry,
  sleep,
} from 'dojo-portal-core/local';
import { cliErrors } from '../cli-errors';
import type { CommandContext } from '../command-context';
import { configText } from './config-text';

/** The variable that holds who asks: an argument would be seen by everybody on this machine. */
export const tokenVariable = 'DOJO_PORTAL_TOKEN';
const urlVariable = 'DOJO_PORTAL_URL';

const deadline = 30_000;
/** An answer has at most 64 KB; what is much larger is none. */
const maxBytes = 1024 * 1024;

/** A portal that can be asked. */
export interface Portal {
  readonly client: DojoClient;
  /** Without a path, for messages. */
  readonly origin: string;
  /** Whether the variable of the token is set. */
  readonly hasToken: boolean;
}

/**
 * The portal of a configuration, else of `DOJO_PORTAL_URL`. The token goes over https, or to this machine, and no redirect
 * takes it elsewhere.
 *
 * @throws DojoError INPUT_INVALID, DEPLOY_CONFIG_INVALID, CLI_URL_INVALID.
 */
export async function openPortal(
  config: string | undefined,
  { env, cwd, signal }: Pick<CommandContext, 'env' | 'cwd' | 'signal'>,
): Promise<Portal> {
  const url =
    config === undefined
      ? urlOf(env[urlVariable])
      : readPortalUrl(await configText(config, cwd), env, config);
  const token = env[tokenVariable];
  if (token && !mayCarryCredentials(url)) {
    throw cliErrors.tokenUnsafe(url.origin, tokenVariable);
  }
  const authorization = token && { Authorization: `Bearer ${token}` };
  const client = new DojoClient({
    discoveryApi: {
      getBaseUrl: async plugin =>
        `${url.href.replace(/\/$/, '')}/api/${plugin}`,
    },
    fetchApi: {
      async fetch(input) {
        const { status, headers, body } = await sendWithRetry(
          {
            method: 'GET',
            url: new URL(String(input)),
            headers: { Accept: 'application/json', ...authorization },
          },
          { send: sendRequest, sleep, clock: { now: () => new Date() } },
          { signal, deadline, maxBytes, repeat: 'always' },
        );
        return new Response(new Uint8Array(body), { status, headers });
      },
    },
  });
  return { client, origin: url.origin, hasToken: Boolean(token) };
}

function urlOf(written: string | undefined): URL {
  if (!written) throw cliErrors.portalUnknown();
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw cliErrors.urlInvalid(urlVariable, written);
}
