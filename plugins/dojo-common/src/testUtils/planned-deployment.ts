import type {
  DeployedVersion,
  DeploymentDecides,
  DeploymentShows,
} from '../deployment/deployment-plan';
import type { DeploymentResult } from '../deployment/deployment-result';
import { objectId } from './object-id';

const image = 'ghcr.io/acme/ledger';

function digest(start: string): string {
  return `sha256:${start.padEnd(64, '0')}`;
}

function deployedVersion(
  tag: string,
  commit: string,
  of: string,
): DeployedVersion {
  return {
    tag,
    commit: objectId(commit),
    images: [{ name: image, digest: digest(of) }],
  };
}

/** The dry run of a deployment of ledger to dev, v0.2.0 -> v0.3.0, with `shows` and `decides` changed as given. */
export function plannedDeployment(
  shows: Partial<DeploymentShows> = {},
  decides: Partial<DeploymentDecides> = {},
): DeploymentResult {
  const from = deployedVersion('v0.2.0', '5d20c18', '41aa07');
  const version = deployedVersion('v0.3.0', 'a41d9e2', '9f2c41');
  return {
    outcome: 'planned',
    version: 'v0.3.0',
    overlayPath: 'ledger/dev',
    baseSha: version.commit,
    imageDigest: version.images[0].digest,
    planHash: '5e0b17fa'.padEnd(64, 'b'),
    effects: [],
    plan: {
      kind: 'deploy',
      decides: {
        infra: 'file:infra.git',
        branch: 'main',
        component: 'ledger',
        environment: 'dev',
        mode: 'commit',
        intent: 'version',
        folder: 'ledger/dev',
        before: objectId('7d9c600'),
        base: 'file:ledger.git//deploy/k8s/base',
        version,
        edits: [
          {
            path: 'ledger/dev/kustomization.yaml',
            created: false,
            splices: [{ start: 60, end: 100, text: version.commit }],
          },
        ],
        ...decides,
      },
      shows: {
        reason: 'ledger in dev goes from v0.2.0 (5d20c18) to v0.3.0 (a41d9e2).',
        from,
        diffs: [
          {
            path: 'ledger/dev/kustomization.yaml',
            created: false,
            lines: [
              { kind: 'context', text: 'resources:' },
              {
                kind: 'remove',
                text: `  - file:ledger.git//deploy/k8s/base?ref=${from.commit} # v0.2.0`,
              },
              {
                kind: 'add',
                text: `  - file:ledger.git//deploy/k8s/base?ref=${version.commit} # v0.3.0`,
              },
            ],
            omitted: 0,
          },
        ],
        objects: [
          {
            object: {
              apiVersion: 'apps/v1',
              kind: 'Deployment',
              name: 'ledger',
              namespace: 'ledger-dev',
            },
            change: 'changed',
            fields: [
              {
                path: '.spec.template.spec.containers[name="ledger"].image',
                before: `${image}@${from.images[0].digest}`,
                after: `${image}@${version.images[0].digest}`,
              },
              {
                path: '.spec.template.spec.containers[name="ledger"].env[name="TOKEN"].value',
                before: '(hidden)',
                after: '(hidden) (changed)',
              },
            ],
            omitted: 0,
          },
          {
            object: {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              name: 'ledger',
              namespace: 'ledger-dev',
            },
            change: 'created',
            fields: [{ path: '.data.TIME_ZONE', after: 'Europe/Rome' }],
            omitted: 3,
          },
          {
            object: {
              apiVersion: 'v1',
              kind: 'Service',
              name: 'ledger-old',
              namespace: 'ledger-dev',
            },
            change: 'removed',
            fields: [],
            omitted: 0,
          },
        ],
        findings: [],
        effects: [
          {
            key: 'overlay ledger/dev on main',
            text: 'Push one commit to main that changes ledger/dev',
            already: false,
          },
        ],
        warnings: [],
        head: objectId('c04f1a9'),
        ...shows,
      },
    },
  };
}
