import type { MigrationPlanBody } from '../migration/migration-routes';

/** What is asked for in all plans of migrations here: ledger on dev. */
export const migrationBody: MigrationPlanBody = {
  component: 'component:default/ledger',
  environment: 'dev',
};
