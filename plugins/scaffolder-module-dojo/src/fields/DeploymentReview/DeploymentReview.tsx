import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type {
  DeploymentMergeResult,
  DeploymentPlanBody,
  DeploymentResult,
  DojoClient,
  DojoRequestOptions,
  WaitingDeployment,
} from 'backstage-plugin-dojo-common';
import { type AnswerState, literalText } from 'backstage-plugin-dojo-react';
import { useCallback, useState } from 'react';
import { DeploymentPlanReview } from '../../components/DeploymentPlanReview/DeploymentPlanReview';
import { deploymentVerdict } from '../../components/DeploymentPlanReview/deploymentVerdict';
import { DriftedFields } from '../../components/DriftedFields/DriftedFields';
import { useDeploymentTitle } from '../../components/DeploymentPlanReview/useDeploymentTitle';
import { versionName } from '../../components/DeploymentPlanReview/versionName';
import { MoveFacts } from '../../components/MoveFacts/MoveFacts';
import { useWaitingChange } from '../../components/WaitingChange/useWaitingChange';
import { WaitingChange } from '../../components/WaitingChange/WaitingChange';
import { NewSince } from '../../components/NewSince/NewSince';
import { partsOfDeployment } from '../../components/NewSince/reviewedParts';
import { useBlockedStep } from '../../components/PlanReview/useBlockedStep';
import { scaffolderDojoTranslationRef } from '../../translation';
import { usePermittedAnswer } from '../access/usePermittedAnswer';
import { useRollBackBlocks } from '../access/useRollBackBlocks';
import { useReviewedValue } from '../useReviewedValue';
import { deploymentBodyOf } from './deploymentBodyOf';
import type { DeploymentReviewProps, DeploymentReviewValue } from './schema';

const planDeployment = (
  client: DojoClient,
  body: DeploymentPlanBody,
  options: DojoRequestOptions,
) => client.planDeployment(body, options);

/** Shows the plan of a deployment for what the form holds so far, and gives the form that plan's identity. */
export function DeploymentReview(props: DeploymentReviewProps) {
  const body = deploymentBodyOf(
    props.formContext?.formData,
    props.uiSchema['ui:options'],
  );
  const { state, retry } = usePermittedAnswer('deploy', body, planDeployment);
  const barred = useBarred(body);
  const value = useReviewedValue(props, state, useValueOf(body ?? {}, barred));
  const root = useBlockedStep(value === undefined);
  const waiting = useWaitingChange(isRequested(state) ? body : undefined);
  const [merged, setMerged] = useState<MergedChange>();
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <div ref={root}>
      <NewSince
        reviewed={props.formData?.planHash}
        body={body}
        state={state}
        planHash={value?.planHash}
        partsOf={partsOfDeployment}
      >
        <DeploymentPlanReview
          body={body}
          state={state}
          onRetry={retry}
          waits={isSame(state, waiting.state)}
        >
          {barred !== undefined && (
            <Alert status="danger" icon title={literalText(barred)} />
          )}
          {body && <MoveFacts component={body.component} state={state} />}
          {body && isBroughtBack(state) && (
            <DriftedFields
              component={body.component}
              environment={body.environment}
            />
          )}
          {merged && isOf(merged, body) && (
            <Alert
              status="success"
              icon
              title={
                merged.result.outcome === 'closed'
                  ? t('waitingChange.closed', {
                      environment: merged.result.environment,
                    })
                  : t('waitingChange.merged', {
                      version: merged.result.version ?? '',
                      environment: merged.result.environment,
                    })
              }
            />
          )}
          {body && (
            <WaitingChange
              component={body.component}
              state={waiting.state}
              onRetry={waiting.retry}
              onMerged={result => {
                setMerged({ component: body.component, result });
                waiting.retry();
                // What was planned before is older than what is there now.
                retry();
              }}
            />
          )}
        </DeploymentPlanReview>
      </NewSince>
    </div>
  );
}

/** Whether the overlay stays, and the cluster is brought back to it. */
function isBroughtBack(state: AnswerState<DeploymentResult>): boolean {
  if (state.kind !== 'loaded') return false;
  const { kind, decides } = state.result.plan;
  return (
    kind === 'deploy' &&
    decides.cluster !== undefined &&
    decides.edits.length === 0
  );
}

/** A change that was merged, or taken back, from this page. */
interface MergedChange {
  /** Entity ref. */
  readonly component: string;
  readonly result: DeploymentMergeResult;
}

function isOf(
  { component, result }: MergedChange,
  body: DeploymentPlanBody | undefined,
): boolean {
  return (
    body?.component === component && body.environment === result.environment
  );
}

/** Whether a change of the environment lands by a merge, so that one may wait there. */
function isRequested(state: AnswerState<DeploymentResult>): boolean {
  return (
    state.kind === 'loaded' && state.result.plan.decides.mode === 'pull-request'
  );
}

/** Whether what is planned is what waits already: a run of it finds it there, and adds nothing. */
function isSame(
  planned: AnswerState<DeploymentResult>,
  found: AnswerState<WaitingDeployment>,
): boolean {
  return (
    planned.kind === 'loaded' &&
    found.kind === 'loaded' &&
    found.result.waiting?.planHash === planned.result.planHash
  );
}

/** Why the version that is asked back cannot run there; absent: nothing is known to keep it out. */
function useBarred(body: DeploymentPlanBody | undefined): string | undefined {
  const { component, environment, rollbackTo } = body ?? {};
  const blocks = useRollBackBlocks(
    rollbackTo === undefined ? {} : { component, environment },
  );
  return rollbackTo === undefined
    ? undefined
    : blocks.get(rollbackTo.replace(/^.*v(?=\d)/i, '')) ??
        blocks.get(rollbackTo);
}

/** What goes with the form for a plan; absent where it may not run, or running it would change nothing. */
function useValueOf(
  { promoteFrom, restore }: Pick<DeploymentPlanBody, 'promoteFrom' | 'restore'>,
  barred: string | undefined,
): (result: DeploymentResult) => DeploymentReviewValue | undefined {
  const titleOf = useDeploymentTitle();
  return useCallback(
    ({ plan, planHash }) =>
      deploymentVerdict(plan).kind === 'runs' && barred === undefined
        ? {
            planHash,
            what: titleOf({ promoteFrom, restore }, plan),
            ...(plan.decides.version && {
              version: versionName(plan.decides.version),
            }),
            ...(plan.decides.since !== undefined && {
              since: plan.decides.since,
            }),
          }
        : undefined,
    [promoteFrom, restore, barred, titleOf],
  );
}
