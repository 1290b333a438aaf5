import type { AppliedObject } from './ClusterAdmin';
import { ForgeRepository } from './ForgeRepository';

/** What {@link ownComponent} makes. */
export interface NewOwnComponent {
  readonly name: string;
  readonly owner: string;
  /** A commit for each, oldest first. */
  readonly versions: readonly string[];
  /** Age of its commits; default: they are of now. */
  readonly daysAgo?: number;
  /** Commits after them, oldest first. */
  readonly unreleased?: readonly string[];
  readonly data: string;
}

/** A component that only this test has, with a commit of each version. */
export interface OwnComponent {
  readonly name: string;
  /** Path in the infra repository, and text, of an overlay that wants a version. */
  readonly overlay: (
    environment: string,
    version: string,
  ) => Readonly<Record<string, string>>;
}

/** Makes a repository with version tags in the forge; the catalog finds it. */
export function ownComponent({
  name,
  owner,
  versions,
  unreleased = [],
  daysAgo = 0,
  data,
}: NewOwnComponent): OwnComponent {
  const repository = ForgeRepository.make(
    {
      name,
      owner,
      daysAgo,
      commits: [...versions.map(each => `feat: ${each}`), ...unreleased],
    },
    data,
  );
  const commits = repository.git('rev-list', '--reverse', 'main').split('\n');
  versions.forEach((version, at) =>
    repository.git('tag', '--force', `v${version}`, commits[at]),
  );
  return {
    name,
    overlay: (environment, version) => ({
      [`${name}/${environment}/kustomization.yaml`]: `resources:
  - file:${name}.git//deploy/k8s/base?ref=${
        commits[versions.indexOf(version)]
      } # v${version}
images:
  - name: ${imageOf(name)}
    digest: ${digestOf(version)}
`,
    }),
  };
}

/** The image of a version that nobody built: what runs for any of them is the page of the ledger. */
function imageOf(name: string): string {
  return `ghcr.io/acme/${name}`;
}

function digestOf(version: string): string {
  return `sha256:${version.replace(/\D/g, '').padStart(64, '0')}`;
}

/** What runs a version of a component in an environment, as an overlay would have made it. */
export function workload(
  { name }: Pick<OwnComponent, 'name'>,
  environment: string,
  version: string,
  { isBroken = false, replicas = 1 } = {},
): readonly [AppliedObject, AppliedObject] {
  const namespace = `${name}-${environment}`;
  const labels = { 'app.kubernetes.io/name': name };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name,
        namespace,
        labels: { 'app.kubernetes.io/part-of': name },
      },
      spec: {
        replicas,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: labels },
        template: {
          metadata: {
            labels: { ...labels, 'app.kubernetes.io/version': version },
          },
          spec: {
            terminationGracePeriodSeconds: 1,
            containers: [
              {
                name,
                image: `${imageOf(name)}@${digestOf(version)}`,
                env: [
                  // Any that is free: nobody opens its page.
                  { name: 'PORT', value: '0' },
                  ...(isBroken
                    ? [{ name: 'LEDGER_DB_PATH', value: '/date/ledger' }]
                    : []),
                ],
                // It never serves: without a probe a node takes it for ready until it has ended.
                ...(isBroken && {
                  readinessProbe: {
                    httpGet: { path: '/', port: 9 },
                    periodSeconds: 1,
                  },
                }),
              },
            ],
          },
        },
      },
    },
  ];
}
