import type { DeliveryHistory, HistoryEntry } from '../delivery';
import { imageDigest } from './delivery-environment';
import { before } from './delivery-time';
import { objectId } from './object-id';

const owner = { ref: 'user:default/owner', name: 'owner' };
const developer = { ref: 'user:default/developer', name: 'developer' };
const run = 'task:6f0c1a52-7c0f-4d0e-9a53-2b1f0d1f4f11';

type DeploymentEntry = Extract<HistoryEntry, { kind: 'deployment' }>;

/** A healthy deployment of 0.4.1 to dev. */
export function deploymentEntry(
  changes: Partial<DeploymentEntry> = {},
): DeploymentEntry {
  const environment = changes.environment ?? 'dev';
  const commit = objectId(`d3f1${environment.length}`);
  return {
    kind: 'deployment',
    id: `deployment:${commit}`,
    at: before(16, 'min'),
    by: owner,
    run,
    sentence: '0.4.1 came to dev, healthy after 9 s.',
    environment,
    version: '0.4.1',
    previous: '0.4.0',
    change: 'version',
    digest: imageDigest('9f2c41'),
    outcome: { kind: 'healthy', at: before(15, 'min') },
    afterMs: 9000,
    url: `https://forge.example/acme/infra/commit/${commit}`,
    ...changes,
  };
}

/** What happened to ledger until {@link ledgerDelivery}, newest first: one entry of each kind at least. */
export function ledgerHistory(
  changes: Partial<DeliveryHistory> = {},
): DeliveryHistory {
  return {
    entries: [
      deploymentEntry({
        id: 'deployment:5d20c18000000000000000000000000000000000',
        at: before(5, 'min'),
        environment: 'staging',
        sentence: '0.4.1 failed in staging: exits at start.',
        outcome: {
          kind: 'failed',
          at: before(1, 'min'),
          code: 'exits-at-start',
          sentence: 'exits at start',
        },
        afterMs: undefined,
      }),
      deploymentEntry(),
      {
        kind: 'release',
        id: 'release:v0.4.1',
        at: before(20, 'min'),
        by: owner,
        run,
        sentence: '0.4.1 was released: 1 fix.',
        version: '0.4.1',
        tag: 'v0.4.1',
        sha: objectId('1b77e0'),
        digest: imageDigest('9f2c41'),
        counting: 1,
        breaking: false,
        previous: '0.4.0',
        url: 'https://forge.example/acme/ledger/releases/v0.4.1',
      },
      deploymentEntry({
        id: 'deployment:a0a0000000000000000000000000000000000000',
        at: before(2, 'h'),
        environment: 'production',
        version: '0.4.0',
        previous: '0.3.0',
        sentence: '0.4.0 waits for a merge into production.',
        requestedBy: owner,
        outcome: { kind: 'waiting' },
        afterMs: undefined,
        url: 'https://forge.example/acme/infra/pulls/18',
      }),
      {
        kind: 'migration',
        id: 'migration:staging:0014_integrity@2026-11-29T12:03:00.000Z',
        at: before(2, 'h'),
        by: owner,
        run,
        sentence:
          'staging database migrated 0013 -> 0015: 2 migrations. Writes were blocked for 3.1 s.',
        environment: 'staging',
        from: '0013_splits',
        to: '0015_reconciliation',
        applied: ['0014_integrity', '0015_reconciliation'],
        durationMs: 5400,
        downtimeMs: 3100,
        backup: 'staging-20261129T120255Z',
      },
      {
        kind: 'failure',
        id: 'task:0b7d8c11-2f5e-43c1-8a4b-5bb0a8a0c9d1',
        at: before(3, 'h'),
        by: owner,
        run: 'task:0b7d8c11-2f5e-43c1-8a4b-5bb0a8a0c9d1',
        sentence:
          'dev: 0016_rates.sql line 9 failed its check: 3 rows. The database is unchanged, at 0015.',
        verb: 'migration',
        environment: 'dev',
        error: {
          code: 'MIGRATIONS_CHECK_FAILED',
          message: '0016_rates.sql line 9 failed its check: 3 rows',
        },
      },
      {
        kind: 'restore',
        id: 'restore:dev:dev-20261128T090000Z',
        at: before(1, 'd'),
        by: owner,
        run,
        sentence: 'dev database restored to 0015.',
        environment: 'dev',
        backup: 'dev-20261128T090000Z',
        from: '0016_rates',
        to: '0015_reconciliation',
      },
      {
        kind: 'rejection',
        id: 'rejection:v0.3.1',
        at: before(9, 'd'),
        by: developer,
        sentence: '0.3.1 was rejected: wrong totals.',
        version: '0.3.1',
        reason: 'wrong totals',
      },
      deploymentEntry({
        id: 'deployment:8be1a02000000000000000000000000000000000',
        at: before(9, 'd'),
        by: developer,
        environment: 'production',
        version: '0.3.0',
        previous: '0.3.1',
        change: 'rollback',
        sentence: 'production was rolled back to 0.3.0 by developer.',
        requestedBy: developer,
        mergedBy: developer,
        sameHand: true,
        outcome: { kind: 'not-observed' },
        afterMs: undefined,
      }),
    ].map(entry => JSON.parse(JSON.stringify(entry)) as HistoryEntry),
    ...changes,
  };
}
