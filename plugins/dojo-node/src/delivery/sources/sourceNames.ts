/** What the marks of sources are called in the index. */
export const sourceNames = {
  catalog: 'catalog',
  tasks: 'tasks',
  repository: (ref: string) => `repository:${ref}`,
  registry: (ref: string) => `registry:${ref}`,
  infra: (address: string) => `infra:${address}`,
  cluster: (environment: string) => `cluster:${environment}`,
  database: (environment: string, ref: string) =>
    `database:${environment}:${ref}`,
} as const;

/** What the facts of one component are called, by their source. */
export const factNames = {
  repository: 'repository',
  registry: 'registry',
  infra: 'infra',
  tasks: 'tasks',
  cluster: (environment: string) => `cluster:${environment}`,
  database: (environment: string) => `database:${environment}`,
} as const;
