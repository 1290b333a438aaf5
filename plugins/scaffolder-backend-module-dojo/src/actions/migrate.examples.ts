import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const databaseInDev = {
  component: 'component:default/ledger',
  environment: 'dev',
};
const steps = (input: object) =>
  stringify({
    steps: [{ id: 'migrate', name: 'Migrate', action: 'dojo:migrate', input }],
  });

/** Each is run against a real database by migrate.examples.test.ts. */
export const examples: TemplateExample[] = [
  {
    description:
      'Migrate the database of dev to the newest release; whatever is pending is applied, or nothing.',
    example: steps(databaseInDev),
  },
  {
    description: 'Say what would be migrated, and write nothing.',
    example: steps({ ...databaseInDev, dryRun: true }),
  },
  {
    description: 'Migrate to the schema of a given release.',
    example: steps({ ...databaseInDev, version: '1.0.0' }),
  },
  {
    description:
      'Run all statements that change the schema first, then all that change rows; keep ten backups, and give up after two hours.',
    example: steps({
      ...databaseInDev,
      order: 'ddl-first',
      keepBackups: 10,
      deadline: '2h',
    }),
  },
  {
    description: 'Derive the cache tables again, and nothing else.',
    example: steps({ ...databaseInDev, operation: 'rebuild-caches' }),
  },
  {
    description:
      'Put the newest backup back; what is there now becomes a backup itself, which latest never means: running it again changes nothing.',
    example: steps({
      ...databaseInDev,
      operation: 'restore',
      backup: 'latest',
    }),
  },
  {
    description:
      'Migrate exactly as it was reviewed; the template migrate does this with its review page.',
    example: steps({
      component: '${{ parameters.component }}',
      environment: '${{ parameters.environment }}',
      planHash: '${{ parameters.review.planHash }}',
    }),
  },
];
