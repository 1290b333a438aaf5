import { migrationChoicesSchema } from 'backstage-plugin-dojo-common';
import { migrationArguments } from './migrationArguments';

const database = '/databases/-x --y.duckdb';
const planHash = 'a'.repeat(64);

describe('migrationArguments', () => {
  it.each([
    [
      {},
      'plan',
      [
        'migrate',
        `--database=${database}`,
        '--migrations=sql',
        '--order=file',
        '--storage-version=v1.0.0',
        '--keep-backups=3',
        '--dry-run',
        '--no-rehearsal',
        '--json',
      ],
    ],
    [
      { order: 'ddl-first', skipCacheRebuild: true, keepBackups: 9 },
      'run',
      [
        'migrate',
        `--database=${database}`,
        '--migrations=sql',
        '--order=ddl-first',
        '--storage-version=v1.0.0',
        '--skip-cache-rebuild',
        '--keep-backups=9',
        `--plan-hash=${planHash}`,
        '--json',
      ],
    ],
    [
      { operation: 'rebuild-caches' },
      'rehearse',
      [
        'rebuild-caches',
        `--database=${database}`,
        '--migrations=sql',
        '--keep-backups=3',
        '--dry-run',
        '--json',
      ],
    ],
    [
      { operation: 'restore' },
      'run',
      [
        'restore',
        `--database=${database}`,
        '--backup=latest',
        '--keep-backups=3',
        `--plan-hash=${planHash}`,
        '--json',
      ],
    ],
  ] as const)('of %j to %s', (choices, mode, expected) => {
    expect(
      migrationArguments(
        {
          database,
          migrations: 'sql',
          mode,
          ...(mode === 'run' && { planHash }),
        },
        migrationChoicesSchema.parse(choices),
      ),
    ).toEqual(expected);
  });
});
