import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import { shortOid } from 'backstage-plugin-dojo-common';
import type {
  DeploymentPlan,
  DeploymentPlanBody,
  DeploymentResult,
} from 'backstage-plugin-dojo-common';
import {
  Headline,
  literalText,
  Mono,
  shortPlanHash,
  Warnings,
} from 'backstage-plugin-dojo-react';
import { MarkedEffects } from '../NewSince/MarkedEffects';
import { scaffolderDojoTranslationRef } from '../../translation';
import { FileDiffs } from '../FileDiffs/FileDiffs';
import { FindingList } from '../FindingList/FindingList';
import type { ReactNode } from 'react';
import { ClusterPlan } from './ClusterPlan';
import { DeploymentFacts } from './DeploymentFacts';
import { deploymentVerdict, type DeploymentVerdict } from './deploymentVerdict';
import { NewMark } from '../NewSince/NewMark';
import { useIsNew } from '../NewSince/NewSince';
import { partName } from '../NewSince/reviewedParts';
import { ObjectDiffs } from './ObjectDiffs';
import { useDeploymentTitle } from './useDeploymentTitle';
import { VerdictAlert } from './VerdictAlert';
import styles from '../PlanReview/PlanReview.module.css';

/** Properties of {@link DeploymentPlanView}. */
export interface DeploymentPlanViewProps {
  readonly body: Pick<DeploymentPlanBody, 'promoteFrom'>;
  readonly result: DeploymentResult;
  /** Whether `children` show the very change of the plan. */
  readonly waits?: boolean;
  /** Asks for the plan anew. */
  readonly onReplan: () => void;
  /** What is said below the headline, whatever the plan holds; absent: nothing is. */
  readonly children?: ReactNode;
  /** Whether it is one of several plans, whose effects are shown together; default: it stands alone. */
  readonly isPart?: boolean;
}

/** A computed plan: what will happen and why, what changes in the cluster, and the lines of the overlay. */
export function DeploymentPlanView(props: DeploymentPlanViewProps) {
  const { body, result, waits = false, isPart = false, onReplan } = props;
  const { planHash, plan } = result;
  const { decides } = plan;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const titleOf = useDeploymentTitle();
  const verdict = deploymentVerdict(plan);
  const runs = verdict.kind === 'runs';
  const hash = <Mono>{shortPlanHash(planHash)}</Mono>;
  return (
    <div className={styles.stack}>
      <Headline title={titleOf(body, plan)}>
        {runs &&
          t('deploymentReview.facts', {
            folder: decides.folder,
            branch: decides.branch,
            infra: decides.infra,
            plan: hash,
          })}
      </Headline>
      {waits && (
        <Alert status="info" icon title={t('deploymentReview.waits')} />
      )}
      {props.children}
      <OverlayChange plan={plan} />
      {waits ? (
        <DeploymentFacts plan={plan} />
      ) : (
        <NewChange
          plan={plan}
          verdict={verdict}
          isPart={isPart}
          onReplan={onReplan}
        />
      )}
    </div>
  );
}

/** Who changed the overlay between two reviews, which the diff alone need not show. */
function OverlayChange({ plan }: { readonly plan: DeploymentPlan }) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const isNew = useIsNew();
  const { lastChange } = plan.shows;
  if (!lastChange) return null;
  const part = partName.overlay(lastChange.commit);
  return isNew(part) ? (
    <p>
      {t('deploymentReview.overlayChanged', {
        environment: plan.decides.environment,
        commit: <Mono>{shortOid(lastChange.commit)}</Mono>,
        who: literalText(lastChange.by),
      })}
      <NewMark of={part} />
    </p>
  ) : null;
}

/** What the plan would change, what keeps it from it, and what is to be known beside. */
function NewChange(props: {
  readonly plan: DeploymentPlan;
  readonly verdict: DeploymentVerdict;
  readonly isPart: boolean;
  readonly onReplan: () => void;
}) {
  const { plan, verdict, isPart, onReplan } = props;
  const { kind, decides, shows } = plan;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const runs = verdict.kind === 'runs';
  return (
    <>
      <VerdictAlert plan={plan} verdict={verdict} onReplan={onReplan} />
      <Warnings texts={shows.warnings} />
      {shows.findings.length > 0 && <FindingList findings={shows.findings} />}
      {kind === 'deploy' && (
        <>
          <div className={runs && !isPart ? styles.columns : styles.stack}>
            {runs && !isPart && <MarkedEffects effects={shows.effects} />}
            <DeploymentFacts plan={plan} />
          </div>
          {decides.cluster && (
            <ClusterPlan
              cluster={decides.cluster}
              changesOverlay={decides.edits.length > 0}
            />
          )}
          <ObjectDiffs
            diffs={shows.objects}
            isLive={decides.cluster !== undefined}
          />
          {shows.diffs.length > 0 && (
            <FileDiffs
              title={t('deploymentReview.files.title')}
              diffs={shows.diffs}
            />
          )}
        </>
      )}
    </>
  );
}
