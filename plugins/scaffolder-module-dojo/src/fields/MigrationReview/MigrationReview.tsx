import type {
  DojoClient,
  DojoRequestOptions,
  MigrationPlanBody,
  MigrationResult,
} from 'backstage-plugin-dojo-common';
import { type AnswerState, formatDuration } from 'backstage-plugin-dojo-react';
import { useCallback } from 'react';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  useFailedRehearsal,
  useKeptRehearsal,
} from '../../components/Rehearsal/keptRehearsals';
import { scaffolderDojoTranslationRef } from '../../translation';
import { MigrationPlanReview } from '../../components/MigrationPlanReview/MigrationPlanReview';
import { NewSince } from '../../components/NewSince/NewSince';
import { partsOfMigration } from '../../components/NewSince/reviewedParts';
import { useBlockedStep } from '../../components/PlanReview/useBlockedStep';
import { usePermittedAnswer } from '../access/usePermittedAnswer';
import { useReviewedValue } from '../useReviewedValue';
import { migrationBodyOf } from './migrationBodyOf';
import { migrationValueOf } from './migrationValueOf';
import type { MigrationReviewProps, MigrationReviewValue } from './schema';

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
  const { state, retry } = usePermittedAnswer(
    body?.operation ?? 'migrate',
    body,
    planMigration,
  );
  const value = useReviewedValue(props, state, useValueOf(state));
  const root = useBlockedStep(value === undefined);
  return (
    <div ref={root}>
      <NewSince
        reviewed={props.formData?.planHash}
        body={body}
        state={state}
        planHash={value?.planHash}
        partsOf={partsOfMigration}
      >
        <MigrationPlanReview body={body} state={state} onRetry={retry} />
      </NewSince>
    </div>
  );
}

/** What goes with the form for a plan, and whether it was rehearsed. */
function useValueOf(
  state: AnswerState<MigrationResult>,
): (result: MigrationResult) => MigrationReviewValue | undefined {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const planHash = state.kind === 'loaded' ? state.result.planHash : undefined;
  const kept = useKeptRehearsal(planHash);
  const hasFailed = useFailedRehearsal(planHash);
  const duration = kept && formatDuration(kept.rehearsal.duration);
  const rehearsed = duration
    ? t('rehearsal.made', { duration })
    : t('rehearsal.notMade');
  return useCallback(
    result => {
      // It would fail again, and only leave a failed run behind.
      const value = hasFailed ? undefined : migrationValueOf(result);
      const canRehearse = result.plan.kind !== 'restore';
      return value && canRehearse ? { ...value, rehearsed } : value;
    },
    [hasFailed, rehearsed],
  );
}
