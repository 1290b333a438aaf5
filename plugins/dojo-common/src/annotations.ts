/** Annotations of a component (docs/reference/actions.md); the prefix is `dojo/`. */
export const dojoAnnotations = {
  /** Git repository; default: the source location. `file:<name>.git` is below the local forge. */
  repository: 'dojo/repository',
  /** Branch to release; default: the remote's HEAD. */
  branch: 'dojo/branch',
  /** Pattern of the maintenance branches that can be released too, such as `release/*`. */
  maintenance: 'dojo/maintenance',
  /** Image repository, such as `ghcr.io/acme/ledger`. */
  image: 'dojo/image',
  /** What stands before the version in the tags, such as `api-v`; default: that of the newest version tag. */
  tagPrefix: 'dojo/tag-prefix',
  /** Folder of this component in a repository of several. */
  path: 'dojo/path',
  /** Folder of the migrations in the repository; default: `migrations`. */
  migrations: 'dojo/migrations',
  /** Git repository that holds its overlays, where `dojo.allow.infra` permits it; default: `dojo.infra.repository`. */
  infra: 'dojo/infra',
  /** Folder of its Kustomize base in the repository; default: `deploy/k8s/base`, below `dojo/path` where there is one. */
  basePath: 'dojo/base-path',
} as const;
