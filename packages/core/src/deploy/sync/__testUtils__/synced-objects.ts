import type { KubernetesObject } from '../../../cluster/kubernetes-object';
import { at } from '../../rollout/__testUtils__/ledger-objects';

/** Commits of the repository of overlays, and one that is of another. */
export const commits = {
  before: 'b'.repeat(40),
  ours: 'a'.repeat(40),
  comment: 'c'.repeat(40),
  later: 'd'.repeat(40),
  foreign: 'f'.repeat(40),
};

const metadata = { name: 'ledger-dev', namespace: 'gitops' };

/** An Application as Argo CD writes one; synced and healthy where nothing else is said. */
export function application({
  revision,
  revisions,
  sources,
  sync = 'Synced',
  health = 'Healthy',
  assessed = 100,
  automated = true,
  operation,
  conditions = [],
}: {
  readonly revision?: string;
  readonly revisions?: readonly string[];
  readonly sources?: readonly object[];
  readonly sync?: string;
  readonly health?: string;
  /** Seconds at which health was looked at, and an operation ended. */
  readonly assessed?: number;
  readonly automated?: boolean;
  readonly operation?: {
    readonly phase: string;
    readonly finished?: number;
    readonly message?: string;
    readonly revision?: string;
  };
  readonly conditions?: readonly object[];
}): KubernetesObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata,
    spec: {
      project: 'default',
      destination: { namespace: 'ledger-dev', name: 'in-cluster' },
      ...(sources
        ? { sources }
        : { source: { repoURL: 'file:infra.git', path: 'ledger/dev' } }),
      ...(automated && { syncPolicy: { automated: { prune: true } } }),
    },
    status: {
      sync: { status: sync, ...(revisions ? { revisions } : { revision }) },
      health: { status: health },
      reconciledAt: at(assessed),
      conditions,
      ...(operation && {
        operationState: {
          phase: operation.phase,
          message: operation.message,
          startedAt: at(0),
          operation: { sync: { revision: operation.revision } },
          ...(operation.finished !== undefined && {
            finishedAt: at(operation.finished),
          }),
          ...(operation.revision !== undefined && {
            syncResult: { revision: operation.revision },
          }),
        },
      }),
    },
  };
}

/** A Kustomization as Flux writes one; ready where nothing else is said. */
export function kustomization({
  applied,
  attempted = applied,
  written = applied && `main@sha1:${applied}`,
  origin,
  ready = {
    status: 'True',
    reason: 'ReconciliationSucceeded',
    message: 'Applied revision',
  },
  reconciling = false,
  stalled,
  generation = 1,
  observed = generation,
  suspend = false,
  wait = true,
}: {
  readonly applied?: string;
  readonly attempted?: string;
  readonly written?: string;
  readonly origin?: string;
  readonly ready?: object;
  readonly reconciling?: boolean;
  readonly stalled?: string;
  readonly generation?: number;
  readonly observed?: number;
  readonly suspend?: boolean;
  readonly wait?: boolean;
}): KubernetesObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { ...metadata, generation },
    spec: { path: './ledger/dev', prune: true, suspend, wait },
    status: {
      observedGeneration: observed,
      ...(written !== undefined && { lastAppliedRevision: written }),
      ...(origin !== undefined && { lastAppliedOriginRevision: origin }),
      ...(attempted !== undefined && {
        lastAttemptedRevision: `main@sha1:${attempted}`,
      }),
      conditions: [
        { type: 'Ready', ...ready },
        ...(reconciling ? [{ type: 'Reconciling', status: 'True' }] : []),
        ...(stalled === undefined
          ? []
          : [{ type: 'Stalled', status: 'True', reason: stalled }]),
      ],
    },
  };
}
