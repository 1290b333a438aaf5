import type { ObjectKind } from '../../cluster/cluster';

/** The object of Argo CD or Flux that brings an environment's overlays into the cluster. */
export interface SyncSource {
  readonly kind: 'argo' | 'flux';
  readonly name: string;
  /** Its own, not that of what it brings: `argocd`, `flux-system`. */
  readonly namespace: string;
}

/** The kind of the object. */
export function kindOfSync({ kind }: Pick<SyncSource, 'kind'>): ObjectKind {
  return kind === 'argo'
    ? { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' }
    : {
        apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
        kind: 'Kustomization',
      };
}

/** `Application argocd/ledger-dev` */
export function describeSync(source: SyncSource): string {
  return `${kindOfSync(source).kind} ${source.namespace}/${source.name}`;
}
