import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ForgeRepository } from './ForgeRepository';
import { InfraRepository } from './InfraRepository';

/** What {@link landOverlay} puts where. */
export interface LandedOverlay {
  /** The portal's data folder. */
  readonly data: string;
  /** Name of a copy of the ledger. */
  readonly name: string;
  readonly environment: string;
  /** Of the version, such as `v0.3.0`. */
  readonly tag: string;
  readonly hoursAgo: number;
}

const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: dojo-data
spec:
  accessModes:
    - ReadWriteOnce
  resources:
    requests:
      storage: 1Gi
`;

/**
 * Brings a version to an environment without a cluster by one commit, as the merge of what owner had asked for would have;
 * returns the commit.
 */
export function landOverlay(landed: LandedOverlay): string {
  const { data, name, environment, tag, hoursAgo } = landed;
  const commit = new ForgeRepository(name, data).git(
    'rev-parse',
    `${tag}^{commit}`,
  );
  const digest = digestOf(commit, landed);
  const base = `file:${name}.git//deploy/k8s/base?ref=${commit}`;
  const image = 'ghcr.io/acme/ledger';
  return new InfraRepository(data).put(
    `deploy(${name}): ${environment} ${tag}

Dojo-Component: ${name}
Dojo-Environment: ${environment}
Dojo-Version: ${tag}
Dojo-Base: ${base}
Dojo-Image: ${image}@${digest}
Dojo-Requester: user:default/owner
Dojo-Plan: ${createHash('sha256').update(`${name} ${tag}`).digest('hex')}
Dojo-Merged-By: user:default/developer
`,
    {
      [`${name}/${environment}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${name}-${environment}
resources:
  - ${base} # ${tag}
  - pvc.yaml
images:
  - name: ${image}
    digest: ${digest}
labels:
  - pairs:
      app.kubernetes.io/part-of: ${name}
`,
      [`${name}/${environment}/pvc.yaml`]: claim,
    },
    { minutesAgo: hoursAgo * 60 },
  );
}

/** Of the image of a commit. */
function digestOf(commit: string, { data, name }: LandedOverlay): string {
  const index: {
    manifests: { digest: string; annotations?: Record<string, string> }[];
  } = JSON.parse(
    readFileSync(join(data, `forge/images/${name}/index.json`), 'utf8'),
  );
  const found = index.manifests.find(
    ({ annotations }) =>
      annotations?.['org.opencontainers.image.ref.name'] === commit,
  );
  if (found === undefined) throw new Error(`${commit} has no image`);
  return found.digest;
}
