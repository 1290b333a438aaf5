import { z } from 'zod/v3';
import { deployErrors } from './deploy-errors';
import { parseAppConfig } from './parse-app-config';

/** Of a portal's configuration, all that this reads. */
const configSchema = z.object({
  backend: z.object({ baseUrl: z.string().min(1) }),
});

/** `${NAME}` and `${NAME:-otherwise}`, as Backstage takes them from the environment. */
const variable = /\$\{(\w+)(?::-([^}]*))?\}/g;

/**
 * Where the backend of a portal is, by the text of its app-config.yaml.
 *
 * @param env - what variables in it stand for
 * @param path - for messages.
 * @throws DojoError DEPLOY_CONFIG_INVALID, also where it is no http(s) URL or names a variable that is not set.
 */
export function readPortalUrl(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
  path: string,
): URL {
  const { backend } = parseAppConfig(text, configSchema, path);
  const written = backend.baseUrl.replace(
    variable,
    (_, name: string, otherwise: string | undefined) => {
      const value = env[name] || otherwise;
      if (value === undefined) {
        throw deployErrors.configInvalid(path, [
          `backend.baseUrl: ${name} is not set`,
        ]);
      }
      return value;
    },
  );
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw deployErrors.configInvalid(path, [
    `backend.baseUrl: "${written}" is no http(s) URL`,
  ]);
}
