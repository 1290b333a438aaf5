import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DojoClient,
  DojoRequestOptions,
  DeploymentMergeResult,
} from 'backstage-plugin-dojo-common';
import { FailureAlert, useAnswer } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { WaitingChangeView } from './WaitingChangeView';

/** Whose overlay it is, and where. */
export interface WaitingPlace {
  readonly component: string;
  readonly environment: string;
}

const findWaiting = (
  client: DojoClient,
  place: WaitingPlace,
  options: DojoRequestOptions,
) => client.findWaitingDeployment(place, options);

/** The change of an overlay that waits to be merged by the portal, with the way to merge it; nothing where none waits. */
export function WaitingChange(props: {
  readonly place: WaitingPlace;
  /** Called once it is merged: what was planned before is older than what is there now. */
  readonly onMerged: (result: DeploymentMergeResult) => void;
}) {
  const { place, onMerged } = props;
  const { component, environment } = place;
  const { state, retry } = useAnswer({ component, environment }, findWaiting);
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
        onRetry={retry}
      />
    );
  }
  if (state.kind !== 'loaded' || !state.result.waiting) return null;
  return (
    <WaitingChangeView
      component={component}
      waiting={state.result.waiting}
      onRetry={retry}
      onMerged={onMerged}
    />
  );
}
