import { ledgerReleases } from '../__testUtils__/ledger-world';
import {
  ago,
  landing,
  sampleFacts,
  sampleRules,
} from '../__testUtils__/sample-facts';
import { readState } from './delivery-state';

/** The database of staging, which nobody reads, after landings there; oldest first. */
function database(
  landed: readonly (readonly [
    version: string,
    kind: 'healthy' | 'failed' | 'removed',
  ])[],
  observed = true,
) {
  const facts = sampleFacts({
    releases: ledgerReleases,
    landings: landed
      .map(([version, kind], at) =>
        landing('staging', version, {
          at: ago({ days: 30 - at }),
          ...(kind === 'removed'
            ? { base: undefined, version: undefined, removed: true }
            : { outcome: { kind, at: ago({ days: 30 - at }) } }),
        }),
      )
      .reverse(),
  });
  const rules = sampleRules({ staging: { migrates: false, observed } });
  return readState(facts, rules).environments.find(
    ({ name }) => name === 'staging',
  )?.database;
}

describe('the level of a database that nobody reads', () => {
  it('is what the versions that came up ready there needed at most', () => {
    expect(
      database([
        ['0.2.0', 'healthy'],
        ['0.3.0', 'healthy'],
        ['0.2.0', 'healthy'],
      ]),
    ).toMatchObject({
      kind: 'level',
      at: '0015_reconciliation',
      provenBy: '0.3.0',
      pending: [],
    });
  });

  it.each([
    ['nothing came up', [['0.3.0', 'failed']], true],
    ['nothing landed', [], true],
    [
      'its overlay was removed since',
      [
        ['0.3.0', 'healthy'],
        ['', 'removed'],
      ],
      true,
    ],
    ['nobody observes the environment', [['0.3.0', 'healthy']], false],
  ] as const)('is not made up where %s', (_, landed, observed) => {
    expect(database(landed, observed)).toEqual({ kind: 'none' });
  });
});
