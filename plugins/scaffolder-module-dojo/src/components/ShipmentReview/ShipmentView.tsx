import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import { isAwaitedCommit } from 'backstage-plugin-dojo-common';
import type { PlannedEffect, ShipmentPlan } from 'backstage-plugin-dojo-common';
import {
  Headline,
  Mono,
  Muted,
  shortPlanHash,
} from 'backstage-plugin-dojo-react';
import { MarkedEffects } from '../NewSince/MarkedEffects';
import { scaffolderDojoTranslationRef } from '../../translation';
import { componentName } from '../componentName';
import { DeploymentPlanView } from '../DeploymentPlanReview/DeploymentPlanView';
import { MigrationPlanView } from '../MigrationPlanReview/MigrationPlanView';
import styles from '../PlanReview/PlanReview.module.css';
import { ReleasePlanView } from '../ReleasePlanReview/ReleasePlanView';
import { BreakingChanges } from './BreakingChanges';
import { shipmentVerdict } from './shipmentVerdict';
import { useMigrationLine } from './useMigrationLine';
import { useShipmentTitle } from './useShipmentTitle';

/** A computed shipment: what will happen, what breaks, and then each plan by itself, with its own hash. */
export function ShipmentView(props: {
  readonly plan: ShipmentPlan;
  /** Asks for the plans anew. */
  readonly onReplan: () => void;
}) {
  const { plan, onReplan } = props;
  const { component, environment, release, migration, deployment } = plan;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const titleOf = useShipmentTitle();
  const migrationLine = useMigrationLine();
  const verdict = shipmentVerdict(plan);
  const place = { component, environment };
  const effects = effectsOf(plan);
  return (
    <div className={styles.stack}>
      <Headline title={titleOf(plan)}>
        <Hashes plan={plan} />
      </Headline>
      {verdict.kind === 'refused' && (
        <Alert status="danger" icon title={t('shipReview.refused')} />
      )}
      {verdict.kind === 'nothing' && (
        <Alert status="success" icon title={t('shipReview.nothing')} />
      )}
      {[migration, deployment].map(
        part =>
          part.kind === 'none' && (
            <Alert key={part.reason} status="info" icon title={part.reason} />
          ),
      )}
      {effects.length > 0 && <MarkedEffects effects={effects} />}
      <BreakingChanges
        commits={release.plan.decides.release ? release.plan.shows.commits : []}
      />
      {migration.kind === 'planned' && (
        <MigrationPlanView
          body={place}
          result={migration.result}
          title={migrationLine(environment, migration.result)}
          onReplan={onReplan}
          isPart
        />
      )}
      {deployment.kind === 'planned' && (
        <DeploymentPlanView
          body={{}}
          result={deployment.result}
          onReplan={onReplan}
          isPart
        >
          {deployment.result.baseSha !== undefined &&
            isAwaitedCommit(deployment.result.baseSha) && (
              <Muted as="p">{t('shipReview.zeros')}</Muted>
            )}
        </DeploymentPlanView>
      )}
      <ReleasePlanView
        name={componentName(component)}
        result={release}
        isPart
      />
    </div>
  );
}

function Hashes({ plan }: { readonly plan: ShipmentPlan }) {
  const { release, migration, deployment } = plan;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const hashOf = (part: ShipmentPlan['migration' | 'deployment']) =>
    part.kind === 'planned' ? (
      <Mono>{shortPlanHash(part.result.planHash)}</Mono>
    ) : (
      t('shipReview.noPlan')
    );
  return t('shipReview.facts', {
    release: <Mono>{shortPlanHash(release.planHash)}</Mono>,
    migration: hashOf(migration),
    deployment: hashOf(deployment),
  });
}

/** Those of the parts that do something, in the order in which they run. */
function effectsOf({
  release,
  migration,
  deployment,
}: ShipmentPlan): readonly PlannedEffect[] {
  const { decides, shows } = release.plan;
  return [
    ...(decides.release || decides.finish ? shows.effects : []),
    ...(migration.kind === 'planned'
      ? migration.result.plan.shows.effects
      : []),
    ...(deployment.kind === 'planned' &&
    deployment.result.plan.kind === 'deploy'
      ? deployment.result.plan.shows.effects
      : []),
  ];
}
