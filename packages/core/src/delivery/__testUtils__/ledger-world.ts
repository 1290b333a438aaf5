import type { ComponentFacts } from '../facts';
import {
  ago,
  commit,
  developer,
  healthy,
  landing,
  next,
  line,
  owner,
  release,
  sampleFacts,
  waitingCommit,
} from './sample-facts';

/** The versions of ledger up to 0.4.1, newest first, each with what it needs of a database. */
export const ledgerReleases = [
  release('0.4.1', {
    previous: '0.4.0',
    at: ago({ minutes: 20 }),
    commits: [commit('fix(config): time zone')],
    needs: '0015_reconciliation',
    migrations: ids(15),
  }),
  release('0.4.0', {
    previous: '0.3.0',
    at: ago({ days: 1 }),
    breaking: true,
    commits: [
      commit('feat!: accounts are objects', { breaking: true, type: 'feat' }),
      commit('feat: budgets', { pr: 29 }),
      commit('feat: payees'),
      commit('fix: rounding'),
      commit('fix: import'),
      commit('perf: net worth'),
      commit('feat: tags', { pr: 35 }),
      commit('revert: tags', {
        type: 'revert',
        reverts: commit('feat: tags').sha,
      }),
    ],
    counting: 6,
    needs: '0015_reconciliation',
    migrations: ids(15),
  }),
  release('0.3.0', {
    previous: '0.2.0',
    at: ago({ days: 20 }),
    needs: '0015_reconciliation',
    migrations: ids(15),
  }),
  release('0.2.0', {
    previous: '0.1.0',
    at: ago({ days: 40 }),
    needs: '0013_budgets',
    migrations: ids(13),
    breakingMigrations: ['0006_payees'],
  }),
  release('0.1.0', {
    at: ago({ days: 60 }),
    needs: '0005_accounts',
    migrations: ids(5),
  }),
];

function ids(count: number): string[] {
  const names: Record<number, string> = {
    5: 'accounts',
    6: 'payees',
    13: 'budgets',
    15: 'reconciliation',
  };
  return Array.from(
    { length: count },
    (_, at) =>
      `${String(at + 1).padStart(4, '0')}_${names[at + 1] ?? `step${at + 1}`}`,
  );
}

/** As story 6 begins: 0.4.1 was deployed to staging, and exits at start. */
export function brokenStaging(
  more: Partial<ComponentFacts> = {},
): ComponentFacts {
  return {
    ...sampleFacts({
      releases: ledgerReleases,
      lines: [
        line({
          count: 3,
          counting: 2,
          commits: [waitingCommit('feat: carry over', { level: 'minor' })],
          omitted: 2,
          next: next('0.5.0'),
        }),
      ],
      landings: [
        landing('staging', '0.4.1', { at: ago({ minutes: 5 }) }),
        landing('dev', '0.4.1', {
          at: ago({ minutes: 16 }),
          outcome: { kind: 'healthy', at: ago({ minutes: 15 }) },
        }),
        landing('staging', '0.4.0', {
          at: ago({ hours: 2 }),
          outcome: { kind: 'healthy', at: ago({ hours: 2 }) },
        }),
        landing('production', '0.3.0', {
          at: ago({ days: 9 }),
          requestedBy: owner,
          mergedBy: developer,
        }),
        landing('staging', '0.1.0', {
          at: ago({ days: 50 }),
          outcome: { kind: 'healthy', at: ago({ days: 50 }) },
        }),
      ],
    }),
    clusters: {
      dev: healthy('0.4.1', {
        health: { kind: 'healthy', since: ago({ minutes: 15 }) },
      }),
      staging: {
        running: {
          kind: 'nothing',
          since: '2026-11-27T14:02:00.000Z',
          last: '0.4.0',
        },
        health: { kind: 'failed', since: ago({ minutes: 1 }) },
        drift: { kind: 'none' },
        cause: {
          code: 'CRASH_LOOP',
          sentence: 'exits at start.',
          hint: 'Look at its log.',
          object: 'ledger-7d9c6-x2x9q',
          since: ago({ minutes: 1 }),
          exitCode: 1,
          restarts: 2,
          log: ['Traceback', 'ValueError: unknown time zone "Rome"'],
        },
      },
    },
    databases: {
      dev: level('0015_reconciliation'),
      staging: level('0015_reconciliation'),
    },
    ...more,
  };
}

/** A database at a level. */
export function level(at: string) {
  return {
    level: { kind: 'level' as const, at },
    applied: [],
    restores: [],
  };
}
