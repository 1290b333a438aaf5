/** Where the objects of a kind are in the API. */
export interface Resource {
  /** Empty: the core group. */
  readonly group: string;
  readonly version: string;
  /** Lower-case plural: `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
}
