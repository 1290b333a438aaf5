import type { KubernetesObject } from './kubernetes-object';

/** Names a kind of objects: `apps/v1`, `Deployment`. */
export interface ObjectKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Names one object. */
export interface ObjectRef extends ObjectKind {
  readonly name: string;
  /** Absent: of the cluster. */
  readonly namespace?: string;
}

/** Which objects of a kind are asked for. */
export interface ObjectQuery {
  /** Absent: of all namespaces, or of the cluster. */
  readonly namespace?: string;
  /** A label selector: `app.kubernetes.io/part-of=ledger`. */
  readonly labels?: string;
  /** A field selector: `involvedObject.kind=Pod`. */
  readonly fields?: string;
}

/** What the API server answered to a write, or to its dry run. */
export interface Applied {
  /** The object as it is, or would be, with `managedFields`. */
  readonly object: KubernetesObject;
  /** Texts of its `Warning` headers. */
  readonly warnings: readonly string[];
}

/** A change of what a query finds. */
export type ObjectChange =
  /** All that it finds: at first, and again where changes were missed. */
  | { readonly kind: 'snapshot'; readonly objects: readonly KubernetesObject[] }
  | { readonly kind: 'changed'; readonly object: KubernetesObject }
  | { readonly kind: 'removed'; readonly object: KubernetesObject };

/** An operation of RFC 6902. */
export interface JsonPatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'test';
  readonly path: string;
  readonly value?: unknown;
}

/**
 * A cluster, for the length of one run, over one connection. Requests that the server asks to repeat (429, 5xx, a reset
 * connection) are repeated a bounded number of times. A refusal is thrown as a {@link ClusterRefusal} with the server's own
 * words; a server that does not answer, and credentials that it does not take, as a DojoError.
 */
export interface Cluster {
  /** As the configuration calls it, else its host: no credentials. */
  readonly name: string;
  /**
   * Gets credentials and a connection, of which it takes some time to load what makes it, while the caller waits for something
   * else. What fails is told by the first request.
   */
  prepare?(): void;
  /** What a reader should know of how it is reached; absent: nothing. */
  readonly warnings?: readonly string[];
  /** All pages. @throws DojoError where there are more objects, or bytes, than are looked at. */
  list(
    kind: ObjectKind,
    query: ObjectQuery,
    signal: AbortSignal,
  ): Promise<readonly KubernetesObject[]>;
  /** @returns undefined: it is not there. */
  get(
    ref: ObjectRef,
    signal: AbortSignal,
  ): Promise<KubernetesObject | undefined>;
  /** Server-side apply with `fieldValidation=Strict`. */
  apply(
    object: KubernetesObject,
    options: {
      readonly manager: string;
      readonly dryRun?: boolean;
      /** Takes fields from other managers; default false: another owner is a conflict. */
      readonly force?: boolean;
      readonly subresource?: 'scale';
    },
    signal: AbortSignal,
  ): Promise<Applied>;
  /** A JSON patch (RFC 6902). */
  patch(
    ref: ObjectRef,
    operations: readonly JsonPatchOperation[],
    options: { readonly manager: string; readonly dryRun?: boolean },
    signal: AbortSignal,
  ): Promise<Applied>;
  /** Deletes this very object in this very version, in the background; already gone is success. */
  delete(
    ref: ObjectRef,
    options: {
      readonly uid: string;
      readonly resourceVersion: string;
      readonly dryRun?: boolean;
    },
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * What a query finds, and then every change of it, until the signal aborts. A cut connection is resumed from where it was;
   * where that is gone (410) a new snapshot comes. A server that stays away throws.
   *
   * @param options `onHeard`: called with each sign of life, also where nothing changed.
   */
  follow(
    kind: ObjectKind,
    query: ObjectQuery,
    signal: AbortSignal,
    options?: { readonly onHeard?: () => void },
  ): AsyncIterable<ObjectChange>;
  /** The last lines that a container wrote, oldest first; none where there is no log (yet, or any more). */
  readLog(
    container: {
      readonly namespace: string;
      readonly pod: string;
      readonly container: string;
      /** Of the run before the present one. */
      readonly previous?: boolean;
    },
    lines: number,
    signal: AbortSignal,
  ): Promise<readonly string[]>;
  /** The lines of a container as it writes them, until it ends or the signal aborts; resumed where it is cut. */
  followLog(
    container: {
      readonly namespace: string;
      readonly pod: string;
      readonly container: string;
    },
    signal: AbortSignal,
  ): AsyncIterable<string>;
  /** Closes its connections. */
  dispose(): Promise<void>;
}
