/** A cluster that an environment names, as Backstage's `kubernetes:` has it. */
export interface ClusterConfig {
  readonly name: string;
  /** Of its API server. */
  readonly url: string;
  /** Who signed the server's certificate: base64 of PEM. Absent: `caFile`, else whoever the machine trusts. */
  readonly caData?: string;
  /** Absolute path of the same as PEM; it wins over `caData`, as in Backstage. */
  readonly caFile?: string;
  /** Bearer token of a service account. Absent: `tokenFile`. */
  readonly token?: string;
  /** Absolute path of a token that its owner renews. */
  readonly tokenFile?: string;
}
