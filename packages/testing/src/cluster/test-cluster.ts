import type { ApplyYamlOptions } from './apply-yaml';
import type { AuditEvent, AuditFilter } from './audit-log';
import type { ClientIdentity, KeyPair } from './certificates';
import type { ProcessNode } from './node/start-process-node';

/** Options of {@link TestCluster.createNamespace}. */
export interface CreateNamespaceOptions {
  /** Default: a fresh one, `<prefix>-<n>`. */
  readonly name?: string;
  /** Default `test`. */
  readonly prefix?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A control plane of Kubernetes on this machine, with its own certificate authority. */
export interface TestCluster {
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  /** The authority by which the server is verified, as PEM. */
  readonly ca: string;
  /** Path of a kubeconfig of an administrator (group `system:masters`). */
  readonly kubeconfig: string;
  /** The node, where the cluster was started with one; without, reading this throws. */
  readonly node: ProcessNode;
  /** Makes a client certificate of the cluster's authority. @returns the path of a kubeconfig with it. */
  kubeconfigFor(user: ClientIdentity): Promise<string>;
  /** A certificate for a server of the test's own, such as a proxy, that clients of this cluster trust. */
  servingCertificate(names: readonly string[]): Promise<KeyPair>;
  /** Creates a namespace. @returns its name. */
  createNamespace(options?: CreateNamespaceOptions): Promise<string>;
  /**
   * A request of the administrator, for what a test arranges or looks up.
   *
   * @returns the answer's JSON. @throws ClusterAnswerError with the server's answer from status 400 on.
   */
  request(
    method: string,
    path: string,
    body?: unknown,
    contentType?: string,
  ): Promise<unknown>;
  /** Applies objects on the server's side as the administrator, by force. */
  apply(yaml: string, options?: ApplyYamlOptions): Promise<void>;
  /** The requests so far, in the order in which they came; none that was answered before the call is missing. */
  audit(filter?: AuditFilter): Promise<readonly AuditEvent[]>;
  /** Ends the API server as a crash does. */
  stopApiServer(): Promise<void>;
  /** Starts it on the same port, with all that it held; waits until it is ready. */
  startApiServer(): Promise<void>;
  restartApiServer(): Promise<void>;
  /** Ends everything and removes its folder. */
  stop(): Promise<void>;
}
