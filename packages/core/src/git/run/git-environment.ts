import { devNull } from 'node:os';

/** What git may take from the machine: where things are, proxies, certificates and the ssh agent. Nothing else. */
const passedThrough = [
  'PATH',
  'HOME',
  'TMPDIR',
  'GIT_EXEC_PATH',
  'SSH_AUTH_SOCK',
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'no_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
  'GIT_SSL_CERT',
  'GIT_SSL_KEY',
  'GIT_SSL_NO_VERIFY',
  'GIT_PROXY_SSL_CAINFO',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'CURL_CA_BUNDLE',
];

/** Options of {@link gitEnvironment}. */
export interface GitEnvironmentOptions {
  /** Transports that this process may use; default none, so that nothing is fetched behind our back. */
  readonly protocols?: readonly string[];
  /** Configuration for this process alone; the place for secrets, which argv would show to every user. */
  readonly config?: ReadonlyMap<string, string>;
}

/**
 * The whole environment of a git process, built from nothing: no configuration of user or system, no hooks, no
 * prompts, no redirects, messages in English.
 */
export function gitEnvironment(
  machine: Readonly<Record<string, string | undefined>>,
  options: GitEnvironmentOptions,
): Record<string, string> {
  const environment: Record<string, string> = {
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ALLOW_PROTOCOL: (options.protocols ?? []).join(':'),
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes -o ConnectTimeout=20',
  };
  for (const name of passedThrough) {
    const value = machine[name];
    if (value !== undefined) environment[name] = value;
  }
  const config = new Map([
    ['core.hooksPath', devNull],
    ['http.followRedirects', 'false'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['protocol.version', '2'],
    ['core.fsync', 'none'],
    ...(options.config ?? []),
  ]);
  environment.GIT_CONFIG_COUNT = String(config.size);
  [...config].forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return environment;
}
