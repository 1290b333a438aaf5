import { deliveryRowSchema } from 'backstage-plugin-dojo-common';
import {
  brokenStaging,
  ledgerReleases,
  level,
} from './__testUtils__/ledger-world';
import {
  ago,
  digest,
  healthy,
  landing,
  line,
  next,
  now,
  owner,
  release,
  sampleFacts,
  sampleRules,
  sampleSources,
} from './__testUtils__/sample-facts';
import { deliveryRow } from './delivery-row';
import type { ComponentFacts } from './facts';

const row = (facts: ComponentFacts) => deliveryRow(facts, sampleRules(), now);

describe('deliveryRow', () => {
  it('has a cell for each environment, and the worst that needs somebody', () => {
    const { row: found, sort, search } = row(brokenStaging());
    expect(deliveryRowSchema.parse(found)).toEqual(found);
    expect(found).toEqual({
      component: 'component:default/ledger',
      title: 'ledger',
      owner: 'group:default/accounting',
      latest: { version: '0.4.1', at: ago({ minutes: 20 }) },
      unreleased: { count: 3, next: '0.5.0' },
      environments: [
        {
          name: 'dev',
          version: '0.4.1',
          health: 'healthy',
          pending: false,
          drift: false,
          waiting: false,
          at: ago({ hours: 2 }),
        },
        {
          name: 'staging',
          version: '0.4.1',
          health: 'down',
          pending: false,
          drift: false,
          waiting: false,
          at: ago({ minutes: 5 }),
        },
        {
          name: 'production',
          version: '0.3.0',
          health: 'not-observed',
          pending: false,
          drift: false,
          waiting: false,
          at: ago({ days: 9 }),
        },
      ],
      attention: {
        rank: 1,
        sentence: 'staging is down: 0.4.1 exits at start (code 1, 2 restarts).',
        environment: 'staging',
      },
      asOf: ago({ seconds: 20 }),
    });
    expect(sort).toEqual({
      attention: `1:${ago({ minutes: 1 })}`,
      name: 'ledger',
      released: ago({ minutes: 20 }),
      deployed: ago({ minutes: 5 }),
    });
    expect(search).toEqual(
      expect.arrayContaining(['ledger', '0.4.1', 'v0.4.1', digest('0.4.1')]),
    );
  });

  it('sorts what needs nobody behind all that does', () => {
    const fine = row(
      sampleFacts({
        releases: [release('0.1.0')],
        landings: [landing('dev', '0.1.0')],
        clusters: { dev: healthy('0.1.0') },
      }),
    );
    expect(fine.flags).toEqual([]);
    expect(fine.row).not.toHaveProperty('attention');
    expect(fine.sort.attention > row(brokenStaging()).sort.attention).toBe(
      true,
    );
  });

  it('has each flag', () => {
    const drift = { kind: 'drifted' as const, fields: [], omitted: 1 };
    const { flags } = row({
      ...sampleFacts({
        releases: [
          { ...ledgerReleases[0], unfinished: ['forge-release'] },
          ...ledgerReleases.slice(1),
        ],
        lines: [line({ count: 1, counting: 1, next: next('0.5.0') })],
        landings: [landing('dev', '0.4.0')],
        infra: {
          waiting: {
            production: {
              kind: 'merge',
              since: ago({ hours: 1 }),
              requestedBy: owner,
            },
          },
        },
      }),
      clusters: { dev: healthy('0.4.0', { drift }) },
      databases: { dev: level('0013_budgets') },
      sources: sampleSources({
        id: 'registry',
        state: 'late',
        asOf: ago({ hours: 1 }),
      }),
    });
    expect([...flags].sort()).toEqual([
      'behind',
      'drifted',
      'late',
      'pending',
      'unfinished',
      'unreleased',
      'waiting',
    ]);
  });
});
