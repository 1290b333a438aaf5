import type {
  DojoClient,
  DojoRequestOptions,
  MigrationPlanBody,
} from 'backstage-plugin-dojo-common';
import { useAnswer } from 'backstage-plugin-dojo-react';
import { MigrationPlanReview } from '../../components/MigrationPlanReview/MigrationPlanReview';
import { useBlockedStep } from '../../components/PlanReview/useBlockedStep';
import { useReviewedValue } from '../useReviewedValue';
import { migrationBodyOf } from './migrationBodyOf';
import { migrationValueOf } from './migrationValueOf';
import type { MigrationReviewProps } from './schema';

const planMigration = (
  client: DojoClient,
  body: MigrationPlanBody,
  options: DojoRequestOptions,
) => client.planMigration(body, options);

/** Shows the plan of a migration for what the form holds so far, and gives the form that plan's identity. */
export function MigrationReview(props: MigrationReviewProps) {
  const body = migrationBodyOf(
    props.formContext?.formData,
    props.uiSchema['ui:options']?.operation,
  );
  const { state, retry } = useAnswer(body, planMigration);
  const value = useReviewedValue(props, state, migrationValueOf);
  const root = useBlockedStep(value === undefined);
  return (
    <div ref={root}>
      <MigrationPlanReview body={body} state={state} onRetry={retry} />
    </div>
  );
}
