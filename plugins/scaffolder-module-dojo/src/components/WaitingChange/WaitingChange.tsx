import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DeploymentMergeResult,
  WaitingDeployment,
} from 'backstage-plugin-dojo-common';
import { type AnswerState, FailureAlert } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { WaitingChangeView } from './WaitingChangeView';

/** The change of an overlay that waits to be merged by the portal, with the way to merge it; nothing where none waits. */
export function WaitingChange(props: {
  /** Entity ref. */
  readonly component: string;
  readonly state: AnswerState<WaitingDeployment>;
  readonly onRetry: () => void;
  /** Called once it is merged or taken back: what was planned before is older than what is there now. */
  readonly onMerged: (result: DeploymentMergeResult) => void;
}) {
  const { component, state, onRetry, onMerged } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (state.kind === 'failed') {
    return (
      <FailureAlert
        failure={state.failure}
        title={t('waitingChange.failed')}
        denied={{
          title: t('plan.failure.denied'),
          hint: t('plan.failure.deniedHint'),
        }}
        onRetry={onRetry}
      />
    );
  }
  if (state.kind !== 'loaded' || !state.result.waiting) return null;
  return (
    <WaitingChangeView
      component={component}
      waiting={state.result.waiting}
      onRetry={onRetry}
      onMerged={onMerged}
    />
  );
}
