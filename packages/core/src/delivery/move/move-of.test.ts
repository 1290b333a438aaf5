import { ledgerReleases, level } from '../__testUtils__/ledger-world';
import {
  commit,
  healthy,
  landing,
  release,
  sampleFacts,
  sampleRules,
  wantedBy,
} from '../__testUtils__/sample-facts';
import { moveOf } from './move-of';
import type { MoveQuestion } from './move-of';

const typed = (type: string, name: string, breaking?: true) =>
  commit(name, {
    type,
    level: type === 'feat' ? 'minor' : 'patch',
    ...(breaking && { breaking, level: 'major' as const }),
  });
const releases = [
  release('0.4.0', {
    previous: '0.3.0',
    contains: ['0.3.0'],
    commits: [
      typed('feat', 'feat!: accounts are objects', true),
      typed('feat', 'feat: budgets'),
      typed('feat', 'feat: payees'),
      typed('fix', 'fix: rounding'),
      typed('fix', 'fix: import'),
      typed('perf', 'perf: net worth'),
      commit('docs: how to', { level: 'none' }),
    ],
    needs: '0015_reconciliation',
  }),
  release('0.3.1', {
    previous: '0.3.0',
    contains: ['0.3.0'],
    commits: [typed('fix', 'fix(net-worth): count credit cards')],
    needs: '0013_budgets',
  }),
  release('0.3.0', { previous: '0.2.0', needs: '0013_budgets' }),
];
const landings = [landing('staging', '0.4.0'), landing('production', '0.3.0')];
const facts = (databases = {}) =>
  sampleFacts({
    releases,
    landings,
    infra: {
      wanted: Object.fromEntries(
        landings.map(each => [each.environment, wantedBy(each)]),
      ),
    },
    clusters: { staging: healthy('0.4.0') },
    databases,
  });
const ask = (question: Partial<MoveQuestion>, of = facts()) =>
  moveOf(
    of,
    sampleRules(),
    { ref: 'user:default/owner' },
    {
      environment: 'staging',
      version: 'v0.3.1',
      isRollback: false,
      ...question,
    },
  );

describe('moveOf', () => {
  it('says what leaves with a version below the one there, kind by kind', () => {
    expect(ask({})).toMatchObject({
      version: '0.3.1',
      from: '0.4.0',
      isBelow: true,
      comes: { sentence: '1 change', count: 1 },
      leaves: {
        count: 6,
        omitted: 0,
        sentence:
          '6 changes leave: 1 breaking, 2 features, 2 fixes, 1 performance',
      },
    });
  });

  it('says what a promotion brings, that no database was looked at, and who lands it', () => {
    expect(ask({ environment: 'production', version: 'v0.4.0' })).toMatchObject(
      {
        from: '0.3.0',
        isBelow: false,
        comes: { sentence: '6 changes, 1 breaking' },
        database:
          'Not checked: the database of production (no cluster). 0.4.0 needs 0015.',
        landing: 'Lands when somebody other than owner merges it.',
      },
    );
  });

  it('names the one change that leaves', () => {
    const only = [
      release('0.3.2', {
        previous: '0.3.1',
        contains: ['0.3.1'],
        commits: [typed('fix', 'fix(config): time zone')],
      }),
      ...releases.slice(1),
    ];
    const there = landing('staging', '0.3.2');
    const of = sampleFacts({
      releases: only,
      landings: [there],
      infra: { wanted: { staging: wantedBy(there) } },
    });
    expect(ask({ isRollback: true }, of).leaves?.sentence).toBe(
      '1 change leaves: fix(config): time zone',
    );
  });

  it('says of a database that is known that it stays', () => {
    const known = facts({ staging: level('0015_reconciliation') });
    expect(ask({}, known).database).toBe(
      'Database stays at 0015, which 0.3.1 can run on.',
    );
    expect(ask({ isRollback: true }, known).database).toBe(
      'Database stays at 0015.',
    );
  });

  it('compares with what the plan found there, and with nothing while git was not read', () => {
    const unread = sampleFacts({ releases });
    const of = {
      ...unread,
      infra: { kind: 'unknown', source: 'infra' } as const,
    };
    expect(ask({}, of)).not.toHaveProperty('comes');
    expect(ask({ from: 'v0.4.0' }, of)).toMatchObject({
      from: '0.4.0',
      isBelow: true,
      leaves: { count: 6 },
    });
  });

  it('says nothing of what it does not know', () => {
    expect(ask({ version: 'v9.9.9' })).toEqual({
      environment: 'staging',
      version: '9.9.9',
      from: '0.4.0',
      isBelow: false,
    });
    expect(ask({ environment: 'dev', version: 'v0.4.0' }).leaves).toBe(
      undefined,
    );
    expect(
      moveOf(
        sampleFacts({ releases: ledgerReleases }),
        sampleRules(),
        {},
        {
          environment: 'nowhere',
          version: '0.4.0',
          isRollback: false,
        },
      ),
    ).toMatchObject({ isBelow: false });
  });
});
