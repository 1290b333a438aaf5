import fc from 'fast-check';
import {
  childRequestSchema,
  migrationChoicesSchema,
} from 'backstage-plugin-dojo-common';
import { arbitraryChoices, arbitraryPlaces } from './__testUtils__/choices';
import { toMigrationChildRequest } from './toMigrationChildRequest';

const database = '/databases/-x --y.duckdb';
const planHash = 'a'.repeat(64);
const defaults = {
  order: 'file',
  keepBackups: 3,
  skipCacheRebuild: false,
  storageVersion: 'v1.0.0',
};

describe('toMigrationChildRequest', () => {
  it.each([
    [
      {},
      'plan',
      { request: { ...defaults, operation: 'migrate' }, migrations: 'sql' },
    ],
    [
      {
        order: 'ddl-first',
        skipCacheRebuild: true,
        keepBackups: 9,
        storageVersion: 'v1.4.0',
      },
      'run',
      {
        request: {
          operation: 'migrate',
          order: 'ddl-first',
          skipCacheRebuild: true,
          keepBackups: 9,
          storageVersion: 'v1.4.0',
        },
        migrations: 'sql',
        planHash,
      },
    ],
    [
      // What means nothing to a rebuild must not change the hash of its plan, nor leave the caches as they are.
      {
        operation: 'rebuild-caches',
        order: 'ddl-first',
        skipCacheRebuild: true,
        storageVersion: 'v1.4.0',
        keepBackups: 9,
      },
      'rehearse',
      {
        request: { ...defaults, operation: 'rebuild-caches', keepBackups: 9 },
        migrations: 'sql',
      },
    ],
    [
      { operation: 'restore', order: 'ddl-first' },
      'run',
      {
        request: { ...defaults, operation: 'restore', backup: 'latest' },
        planHash,
      },
    ],
    [
      { operation: 'restore', backup: '20261122T071530123Z-0013' },
      'run',
      {
        request: {
          ...defaults,
          operation: 'restore',
          backup: '20261122T071530123Z-0013',
        },
        planHash,
      },
    ],
  ] as const)('of %j to %s', (choices, mode, expected) => {
    expect(
      toMigrationChildRequest(
        {
          database,
          fixedFolder: '/databases',
          memoryBytes: 1_000,
          spillBytes: 2_000,
          migrations: 'sql',
          mode,
          ...(mode === 'run' && { planHash }),
        },
        migrationChoicesSchema.parse(choices),
      ),
    ).toEqual({
      kind: 'migration',
      mode,
      ...expected,
      request: { ...expected.request, database },
      noLinksBelow: '/databases',
      memoryBytes: 1_000,
      spillBytes: 2_000,
    });
  });

  it('makes requests that arrive as they were sent', () => {
    fc.assert(
      fc.property(arbitraryPlaces, arbitraryChoices, (places, choices) => {
        const sent = toMigrationChildRequest(places, choices);
        const arrived = childRequestSchema.parse(
          JSON.parse(JSON.stringify(sent)),
        );
        expect(arrived).toStrictEqual(sent);
        expect((arrived as typeof sent).request).toMatchObject({
          database: places.database,
          operation: choices.operation,
          keepBackups: choices.keepBackups,
        });
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });
});
