import fc from 'fast-check';
import {
  MigrationChoices,
  migrationChoicesSchema,
} from 'backstage-plugin-dojo-common';
import type { MigrationPlaces } from '../toMigrationChildRequest';

const { operation, order, storageVersion } = migrationChoicesSchema.shape;
const oneOf = <T>({ options }: { readonly options: readonly T[] }) =>
  fc.constantFrom(...options);

const arbitraryBackup = fc.oneof(
  fc.constant('latest'),
  fc.stringMatching(/^\d{8}T\d{9}Z-[0-9A-Za-z_]{1,64}$/),
);

/** Whatever a person may choose, defaults filled in. */
export const arbitraryChoices: fc.Arbitrary<MigrationChoices> = fc
  .record(
    {
      operation: oneOf(operation.removeDefault()),
      order: oneOf(order.removeDefault()),
      keepBackups: fc.integer({ min: 1, max: 100 }),
      skipCacheRebuild: fc.boolean(),
      storageVersion: oneOf(storageVersion.removeDefault()),
      backup: arbitraryBackup,
      version: fc.constantFrom('1.4.2', '2.0.0-rc.1'),
      deadline: fc.constantFrom('90s', '2h'),
    },
    { requiredKeys: [] },
  )
  .map(written => migrationChoicesSchema.parse(written));

/** Places whose names look like flags, quotes, line breaks and other scripts too. */
export const arbitraryPlaces: fc.Arbitrary<MigrationPlaces> = fc.record(
  {
    database: fc
      .string({ unit: 'grapheme', maxLength: 80 })
      .map(name => `/databases/${name}`),
    fixedFolder: fc.constantFrom('/databases', '/'),
    memoryBytes: fc.integer({ min: 1 }),
    spillBytes: fc.integer({ min: 1 }),
    migrations: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
    mode: fc.constantFrom('plan' as const, 'rehearse' as const, 'run' as const),
    planHash: fc.stringMatching(/^[0-9a-f]{64}$/),
  },
  {
    requiredKeys: [
      'database',
      'fixedFolder',
      'memoryBytes',
      'spillBytes',
      'migrations',
      'mode',
    ],
  },
);
