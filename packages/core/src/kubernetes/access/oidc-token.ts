import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { kubernetesErrors } from '../kubernetes-errors';

/** Milliseconds that an identity provider may take for a new token. */
const deadline = 30_000;

/**
 * Kubernetes' own client knows how to renew a token of an `auth-provider: oidc`, and it is loaded for that alone: it costs
 * 0.9 s and 60 MB where it is not bundled, and its readers of kubeconfigs and credential plugins miss `tokenFile`, limits and
 * KUBECONFIG with several files (docs/adr/0009-reaching-a-cluster.md).
 */
function loadClient(): typeof import('@kubernetes/client-node') {
  return require('@kubernetes/client-node');
}

/** Tokens of one `auth-provider` entry; what was renewed is kept for the run, and not written back. */
export class OidcToken {
  #config: KubeConfig | undefined;
  readonly #cluster: string;
  readonly #entry: Readonly<Record<string, string>>;

  constructor(cluster: string, entry: Readonly<Record<string, string>>) {
    this.#cluster = cluster;
    this.#entry = entry;
  }

  /** @throws DojoError CLUSTER_CREDENTIALS_FAILED; the signal's reason where it was aborted. */
  async read(signal: AbortSignal): Promise<string> {
    this.#config ??= this.#load();
    const options: RequestOptions = {};
    const late = AbortSignal.timeout(deadline);
    const ended = new Promise<never>((_, reject) => {
      const end = () => reject(new Error('too late'));
      late.addEventListener('abort', end, { once: true });
      signal.addEventListener('abort', end, { once: true });
    });
    try {
      await Promise.race([this.#config.applyToHTTPSOptions(options), ended]);
    } catch {
      signal.throwIfAborted();
      // Not its message: a provider's answer may hold tokens.
      throw this.#failed(
        late.aborted
          ? `no answer within ${deadline / 1000} s`
          : 'it refused to renew the token, or cannot be reached',
      );
    }
    const header = String(
      new Map(Object.entries(options.headers ?? {})).get('Authorization') ?? '',
    );
    if (header === '') throw this.#failed('its entry has no id-token');
    return header;
  }

  #failed(problem: string): Error {
    return kubernetesErrors.credentialsFailed(
      this.#cluster,
      'the identity provider (oidc)',
      problem,
    );
  }

  #load(): KubeConfig {
    const { KubeConfig: Config } = loadClient();
    const config = new Config();
    config.loadFromClusterAndUser(
      {
        name: 'cluster',
        server: 'https://cluster.invalid',
        skipTLSVerify: false,
      },
      {
        name: 'user',
        authProvider: { name: 'oidc', config: { ...this.#entry } },
      },
    );
    return config;
  }
}
