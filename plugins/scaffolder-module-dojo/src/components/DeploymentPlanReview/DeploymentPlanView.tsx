import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DeploymentPlanBody,
  DeploymentResult,
} from 'backstage-plugin-dojo-common';
import {
  EffectList,
  Headline,
  Mono,
  shortPlanHash,
  Warnings,
} from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { FileDiffs } from '../FileDiffs/FileDiffs';
import { FindingList } from '../FindingList/FindingList';
import type { ReactNode } from 'react';
import { ClusterPlan } from './ClusterPlan';
import { DeploymentFacts } from './DeploymentFacts';
import { deploymentVerdict } from './deploymentVerdict';
import { ObjectDiffs } from './ObjectDiffs';
import { useDeploymentTitle } from './useDeploymentTitle';
import { VerdictAlert } from './VerdictAlert';
import styles from '../PlanReview/PlanReview.module.css';

/** Properties of {@link DeploymentPlanView}. */
export interface DeploymentPlanViewProps {
  readonly body: DeploymentPlanBody;
  readonly result: DeploymentResult;
  /** Asks for the plan anew. */
  readonly onReplan: () => void;
  /** What is said below the headline, whatever the plan holds; absent: nothing is. */
  readonly children?: ReactNode;
}

/** A computed plan: what will happen and why, what changes in the cluster, and the lines of the overlay. */
export function DeploymentPlanView(props: DeploymentPlanViewProps) {
  const { body, result, onReplan } = props;
  const { planHash, plan } = result;
  const { kind, decides, shows } = plan;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const titleOf = useDeploymentTitle();
  const verdict = deploymentVerdict(plan);
  const runs = verdict.kind === 'runs';
  const isChange = kind === 'deploy';
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
      {props.children}
      <VerdictAlert plan={plan} verdict={verdict} onReplan={onReplan} />
      <Warnings texts={shows.warnings} />
      {shows.findings.length > 0 && <FindingList findings={shows.findings} />}
      {isChange && (
        <>
          <div className={runs ? styles.columns : styles.stack}>
            <DeploymentFacts plan={plan} />
            {runs && <EffectList effects={shows.effects} />}
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
    </div>
  );
}
