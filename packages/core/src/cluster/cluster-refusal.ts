import type { ObjectRef } from './cluster';

/** What a request wanted, in the words of RBAC. */
export type ClusterVerb =
  | 'get'
  | 'list'
  | 'watch'
  | 'create'
  | 'patch'
  | 'delete';

/** One entry of `details.causes` of a Status. */
export interface RefusalCause {
  /** `FieldManagerConflict`, `FieldValueInvalid` … */
  readonly reason: string;
  readonly message: string;
  /** `.spec.template.spec.containers[name="ledger"].resources.limits.memory` */
  readonly field?: string;
}

/**
 * The API server refused a request, and said why in a Status (Kubernetes API conventions, "Response Status Kind"). Its words
 * are here as they came, bounded in length; what a person reads is made of them by the engine.
 */
export class ClusterRefusal extends Error {
  readonly name = 'ClusterRefusal';

  constructor(
    readonly refused: {
      /** The HTTP status. */
      readonly status: number;
      /** `Conflict`, `Forbidden`, `Invalid`, `InternalError` …; empty: the answer was no Status. */
      readonly reason: string;
      /** The server's sentence. */
      readonly message: string;
      readonly causes: readonly RefusalCause[];
      readonly verb: ClusterVerb;
      /** Lower-case plural, as RBAC names it: `deployments`. */
      readonly resource: string;
      /** Empty: the core group. */
      readonly group: string;
      readonly object: Omit<ObjectRef, 'name'> & { readonly name?: string };
      readonly dryRun: boolean;
    },
  ) {
    super(refused.message);
  }
}
