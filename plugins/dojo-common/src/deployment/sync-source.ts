import { z } from 'zod/v3';

/** The object of Argo CD or Flux that brings an environment's overlays into its cluster, and that a deployment waits for. */
export const syncSourceSchema = z
  .object({
    /** `argo`: an Application of Argo CD; `flux`: a Kustomization of Flux. */
    kind: z.enum(['argo', 'flux']),
    name: z.string().min(1),
    /** Its own, not that of what it brings: `argocd`, `flux-system`. */
    namespace: z.string().min(1),
  })
  .strict();

/** @public */
export type SyncSource = z.output<typeof syncSourceSchema>;
