import type { DeliveryEnvironment } from '../delivery';
import { before } from './delivery-time';
import { objectId } from './object-id';

/** The digest of an image that begins with `start`. */
export function imageDigest(start: string): string {
  return `sha256:${start.padEnd(64, '0')}`;
}

/** An environment where ledger 0.4.0 runs as git wants it; `changes` replaces facts of it. */
export function deliveryEnvironment(
  changes: Partial<DeliveryEnvironment> = {},
): DeliveryEnvironment {
  const name = changes.name ?? 'dev';
  return {
    name,
    mode: 'apply',
    approval: false,
    observed: true,
    overlayUrl: `https://forge.example/acme/infra/src/ledger/${name}`,
    wanted: {
      kind: 'version',
      version: '0.4.0',
      digest: imageDigest('9f2c41'),
      base: objectId('b5e0'),
      commit: objectId('c4d1'),
      at: before(16, 'min'),
      by: { ref: 'user:default/owner', name: 'owner' },
      change: 'version',
    },
    running: {
      kind: 'version',
      version: '0.4.0',
      digest: imageDigest('9f2c41'),
      since: before(16, 'min'),
      ready: 1,
      of: 1,
    },
    health: { kind: 'healthy', since: before(16, 'min') },
    database: {
      kind: 'level',
      at: '0015_reconciliation',
      needs: '0015_reconciliation',
      pending: [],
      breakingPending: false,
      ahead: false,
    },
    drift: { kind: 'none' },
    afterMs: 240_000,
    behind: { kind: 'behind', versions: 0, commits: 0 },
    ...changes,
  };
}

/** One that has no cluster: what landed there is known, what runs is not. */
export function unobservedEnvironment(
  changes: Partial<DeliveryEnvironment> = {},
): DeliveryEnvironment {
  return deliveryEnvironment({
    observed: false,
    running: { kind: 'not-observed' },
    health: { kind: 'not-observed' },
    ...changes,
  });
}

/** One where nothing was deployed yet. */
export function emptyEnvironment(
  changes: Partial<DeliveryEnvironment> = {},
): DeliveryEnvironment {
  const { afterMs: _, ...environment } = deliveryEnvironment({
    wanted: { kind: 'nothing', prepared: true },
    running: { kind: 'nothing' },
    health: { kind: 'not-deployed' },
    database: { kind: 'none' },
    ...changes,
  });
  return environment;
}

/** The replicas of an environment where an autoscaler has them. */
export const autoscaledReplicas = {
  field: 'replicas',
  owner: 'autoscaler',
  sentence: 'replicas belongs to the autoscaler; it is left alone.',
} as const;
