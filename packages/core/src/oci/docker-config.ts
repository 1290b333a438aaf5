import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v3';
import type { RegistryConfig } from './create-image-opener';
import { ociErrors } from './oci-errors';
import { normalizeRegistryHost } from './parse-image-repository';

/** Options of {@link readDockerConfig}. */
export interface DockerConfigOptions {
  /** Registry hosts to find credentials for; a credential helper is asked for these and no others. */
  readonly hosts: readonly string[];
  /** Environment: `DOCKER_CONFIG` names the folder (default `~/.docker`), `PATH` where helpers are. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const auth = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
});
const configSchema = z.object({
  auths: z.record(auth).optional(),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string()).optional(),
});
type DockerConfig = z.infer<typeof configSchema>;
const helperReply = z.object({ Username: z.string(), Secret: z.string() });

const helperName = /^[a-z0-9-]+$/;
const helperDeadline = 20_000;
const maxHelperBytes = 64 * 1024;
/** Docker keeps Docker Hub's credentials under this key. */
const dockerHubKey = 'https://index.docker.io/v1/';

/**
 * Credentials that `docker login` left, for the hosts asked for. A host without any is left out.
 *
 * @throws DojoError DOCKER_CONFIG_INVALID, CREDENTIAL_HELPER_FAILED
 */
export async function readDockerConfig(
  options: DockerConfigOptions,
): Promise<RegistryConfig[]> {
  const { env } = options;
  const folder = env.DOCKER_CONFIG || join(env.HOME || homedir(), '.docker');
  const file = join(folder, 'config.json');
  const config = await readConfig(file);
  const found: RegistryConfig[] = [];
  for (const written of new Set(options.hosts)) {
    const host = normalizeRegistryHost(written);
    const helper = config.credHelpers?.[host] ?? config.credsStore;
    const credentials =
      (helper && (await askHelper(helper, toKey(host), file, options))) ||
      fromAuths(config, host, file);
    if (credentials) found.push({ host, ...credentials });
  }
  return found;
}

async function readConfig(file: string): Promise<DockerConfig> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return {};
    throw ociErrors.dockerConfig(file, 'it cannot be read');
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Not the parser's message: it quotes the text, which holds passwords.
    throw ociErrors.dockerConfig(file, 'it is not JSON');
  }
  const parsed = configSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw ociErrors.dockerConfig(
    file,
    `${issue.path.slice(0, 1).join('.')} is not as docker writes it`,
  );
}

function isMissing(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    Reflect.get(error, 'code') === 'ENOENT'
  );
}

function toKey(host: string): string {
  return host === 'docker.io' ? dockerHubKey : host;
}

function fromAuths(
  { auths = {} }: DockerConfig,
  host: string,
  file: string,
): Omit<RegistryConfig, 'host'> | undefined {
  const keys = [
    toKey(host),
    host,
    `https://${host}`,
    `https://${host}/v1/`,
    `https://${host}/v2/`,
  ];
  const entry = keys.map(key => auths[key]).find(each => each !== undefined);
  if (entry === undefined) return undefined;
  if (entry.identitytoken) {
    return { username: '<token>', password: entry.identitytoken };
  }
  if (entry.username && entry.password) {
    return { username: entry.username, password: entry.password };
  }
  if (!entry.auth) return undefined;
  const pair = Buffer.from(entry.auth, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 1) {
    throw ociErrors.dockerConfig(
      file,
      `the auth of ${host} is not user:password`,
    );
  }
  return {
    username: pair.slice(0, colon),
    password: pair.slice(colon + 1).replace(/\0+$/, ''),
  };
}

function askHelper(
  name: string,
  key: string,
  file: string,
  { env, signal }: DockerConfigOptions,
): Promise<Omit<RegistryConfig, 'host'> | undefined> {
  if (!helperName.test(name)) {
    throw ociErrors.dockerConfig(
      file,
      'the name of a credential helper is not of letters, digits and hyphens',
    );
  }
  return new Promise((resolve, reject) => {
    const child = execFile(
      `docker-credential-${name}`,
      ['get'],
      {
        env: { ...env, NODE_ENV: undefined },
        signal,
        timeout: helperDeadline,
        maxBuffer: maxHelperBytes,
      },
      (error, stdout) => {
        if (signal.aborted) {
          reject(signal.reason);
        } else if (/credentials not found/i.test(stdout)) {
          resolve(undefined);
        } else if (error) {
          const problem = error.killed
            ? 'it gave no answer in time'
            : `it ended with ${error.code ?? error.signal}`;
          reject(ociErrors.credentialHelper(name, key, problem));
        } else {
          resolve(fromHelper(name, key, stdout, reject));
        }
      },
    );
    // A helper that ends without reading would else take the whole process down with EPIPE.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(key);
  });
}

function fromHelper(
  name: string,
  key: string,
  stdout: string,
  reject: (error: Error) => void,
): Omit<RegistryConfig, 'host'> | undefined {
  try {
    const { Username, Secret } = helperReply.parse(JSON.parse(stdout));
    return Secret === '' ? undefined : { username: Username, password: Secret };
  } catch {
    reject(ociErrors.credentialHelper(name, key, 'its answer is not JSON'));
    return undefined;
  }
}
