import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, VisuallyHidden } from '@backstage/ui';
import { type AnswerState, FailureAlert } from 'backstage-plugin-dojo-react';
import { type ReactNode, useRef } from 'react';
import { useBackToFields } from './useBackToFields';
import { useHeadlineFocus } from './useHeadlineFocus';
import { scaffolderDojoTranslationRef } from '../../translation';
import { PlanSkeleton } from './PlanSkeleton';
import { stepButtons } from './stepButtons';
import { VERB_DENIED } from './VERB_DENIED';
import styles from './PlanReview.module.css';

/** Properties of {@link PlanReview}. */
export interface PlanReviewProps<TResult> {
  /** Name of the landmark. */
  readonly label: string;
  readonly state: AnswerState<TResult>;
  readonly onRetry: () => void;
  /** Says what is to be chosen before there can be a plan. */
  readonly incomplete: { readonly title: string; readonly description: string };
  /** The state in a sentence, for the live region. */
  readonly announcement: string;
  readonly children: (result: TResult) => ReactNode;
}

/** The review of a plan in each of its states; a live region says when the state changes. */
export function PlanReview<TResult>(props: PlanReviewProps<TResult>) {
  const { state, incomplete } = props;
  const section = useRef<HTMLElement>(null);
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  useHeadlineFocus(section, state.kind);
  useBackToFields(section);
  const refusal =
    state.kind === 'failed' && state.failure.code === VERB_DENIED
      ? state.failure
      : undefined;
  return (
    <section
      ref={section}
      className={styles.root}
      aria-label={props.label}
      aria-busy={state.kind === 'loading'}
    >
      <VisuallyHidden role="status">
        {refusal?.message ?? props.announcement}
      </VisuallyHidden>
      {state.kind === 'incomplete' && (
        <Alert status="info" icon {...incomplete} />
      )}
      {state.kind === 'loading' && <PlanSkeleton />}
      {refusal && (
        <Alert
          status="warning"
          icon
          title={refusal.message}
          description={refusal.hint}
        />
      )}
      {state.kind === 'failed' && !refusal && (
        <FailureAlert
          failure={state.failure}
          title={t('plan.failure.title')}
          denied={{
            title: t('plan.failure.denied'),
            hint: t('plan.failure.deniedHint'),
          }}
          onRetry={props.onRetry}
          onChange={() => stepButtons(section.current).back?.click()}
        />
      )}
      {state.kind === 'loaded' && props.children(state.result)}
    </section>
  );
}
