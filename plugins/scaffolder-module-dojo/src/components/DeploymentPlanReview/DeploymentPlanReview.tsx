import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DeploymentPlanBody,
  DeploymentResult,
} from 'backstage-plugin-dojo-common';
import type { AnswerState } from 'backstage-plugin-dojo-react';
import type { ReactNode } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { PlanReview } from '../PlanReview/PlanReview';
import { DeploymentPlanView } from './DeploymentPlanView';
import { deploymentVerdict } from './deploymentVerdict';
import { useDeploymentTitle } from './useDeploymentTitle';

/** Properties of {@link DeploymentPlanReview}. */
export interface DeploymentPlanReviewProps {
  /** What is planned; absent: something is not chosen yet. */
  readonly body: DeploymentPlanBody | undefined;
  readonly state: AnswerState<DeploymentResult>;
  readonly onRetry: () => void;
  /** What is said below the plan's headline, whatever it holds; absent: nothing is. */
  readonly children?: ReactNode;
  /** Whether `children` show the very change of the plan, which then is not shown again; default: no. */
  readonly waits?: boolean;
}

/** The review of a deployment in each of its states. */
export function DeploymentPlanReview(props: DeploymentPlanReviewProps) {
  const { body, onRetry, waits = false } = props;
  const state = useOwnHints(props.state);
  const announcement = useAnnouncement(body, state, waits);
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <PlanReview
      label={t('deploymentReview.label')}
      state={state}
      onRetry={onRetry}
      incomplete={{
        title: t('deploymentReview.incomplete.title'),
        description: t('deploymentReview.incomplete.description'),
      }}
      announcement={announcement}
    >
      {result =>
        body && (
          <DeploymentPlanView
            body={body}
            result={result}
            waits={waits}
            onReplan={onRetry}
          >
            {props.children}
          </DeploymentPlanView>
        )
      }
    </PlanReview>
  );
}

/** What the engine says for a terminal is said for a form, where fields that others own stand in the way. */
function useOwnHints(
  state: AnswerState<DeploymentResult>,
): AnswerState<DeploymentResult> {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (state.kind !== 'failed') return state;
  const { code } = state.failure;
  if (code !== 'APPLY_CONFLICT' && code !== 'APPLY_STOPPED') return state;
  const hint = t('deploymentReview.conflictHint');
  // Asking for the same again finds the same owner.
  return { ...state, failure: { ...state.failure, hint, mayPass: false } };
}

function useAnnouncement(
  body: DeploymentPlanBody | undefined,
  state: AnswerState<DeploymentResult>,
  waits: boolean,
): string {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const titleOf = useDeploymentTitle();
  switch (state.kind) {
    case 'loading':
      return t('deploymentReview.loading');
    case 'failed':
      return t('deploymentReview.failed', { message: state.failure.message });
    case 'loaded': {
      if (!body) return '';
      const { plan } = state.result;
      const title = titleOf(body, plan);
      if (waits) return t('deploymentReview.loadedWaits', { title });
      const verdict = deploymentVerdict(plan);
      switch (verdict.kind) {
        case 'refused':
          return t('deploymentReview.loadedRefused', {
            title,
            count: verdict.count,
          });
        case 'blocked':
          return t('deploymentReview.loadedBlocked', {
            title,
            message: verdict.block.message,
          });
        case 'frozen':
          return t('deploymentReview.loadedFrozen', {
            title,
            environment: plan.decides.environment,
          });
        default:
          return t('deploymentReview.loaded', { title });
      }
    }
    default:
      return '';
  }
}
