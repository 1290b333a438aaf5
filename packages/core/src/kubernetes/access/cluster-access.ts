/** What a request is authenticated with, as long as it holds. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** A client certificate with its key, as PEM. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  /** Epoch milliseconds after which they are asked for anew; absent: when the server refuses them. */
  readonly expires?: number;
  /** All that must not be read in a message. */
  readonly secrets: readonly string[];
}

/** Which cluster, and how to be let in. */
export interface ClusterAccess {
  /** As the configuration calls it. */
  readonly name: string;
  /** `https`, or `http` of this machine; a path is what proxies of several clusters put before the API. */
  readonly server: URL;
  readonly tls: {
    /** PEM of the authorities that are trusted, and no others; absent: those of the system. */
    readonly ca?: string;
    /** The name that the certificate must have, where it is not the host's. */
    readonly servername?: string;
    /** `insecure-skip-tls-verify: true` of a kubeconfig, as a person wrote it; nothing else switches verification off. */
    readonly unverified?: boolean;
  };
  readonly proxy?: URL;
  /**
   * Credentials for the next requests.
   *
   * @throws DojoError CLUSTER_CREDENTIALS_FAILED and KUBECONFIG_INVALID; the signal's reason where it was aborted.
   */
  credentials(signal: AbortSignal): Promise<Credentials>;
}
