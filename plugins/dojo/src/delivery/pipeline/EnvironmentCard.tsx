import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  type DeliveryEnvironment,
  type DeliveryWhere,
  staleSourceOf,
  mainFactOf,
} from 'backstage-plugin-dojo-common';
import { clockTime, Muted, RelativeTime } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import type { DeliveryAnswer } from '../deliveryAnswer';
import { environmentAnchor } from '../environmentAnchor';
import { actionsOfEnvironment } from '../stageActions';
import { ContainsMark } from './ContainsMark';
import { DatabaseFacts } from './DatabaseFacts';
import { DriftFact, LeftAloneFact } from './DriftFact';
import { HealthFact } from './HealthFact';
import { StageActions } from './StageActions';
import { StageCard } from './StageCard';
import { useEnvironmentLabel } from './useEnvironmentLabel';
import { WaitingFact } from './WaitingFact';
import { WantedFacts } from './WantedFacts';
import styles from './Pipeline.module.css';

/** One environment: large what runs, then its health, what is wanted besides, its database, and its verbs. */
export function EnvironmentCard(props: {
  readonly environment: DeliveryEnvironment;
  readonly delivery: DeliveryAnswer;
  readonly where: DeliveryWhere | undefined;
}) {
  const { environment, delivery, where } = props;
  const { name, title, health, running, drift, frozen } = environment;
  const { t } = useTranslationRef(dojoTranslationRef);
  const label = useEnvironmentLabel()(environment);
  const stale = staleSourceOf(environment, delivery.sources);
  return (
    <StageCard
      id={environmentAnchor(name)}
      name={title ?? name}
      label={label}
      tone={toneOf(health.kind)}
      stale={stale !== undefined}
      main={<Main environment={environment} />}
      actions={<StageActions actions={actionsOfEnvironment(name, delivery)} />}
    >
      {stale?.asOf && (
        <p className={styles.asOf}>
          {t('delivery.environment.asOf', {
            time: clockTime(stale.asOf),
            ago: <RelativeTime at={stale.asOf} />,
          })}
        </p>
      )}
      <HealthFact environment={environment} />
      <WantedFacts environment={environment} />
      {running.kind === 'nothing' && running.last && (
        <p>{t('delivery.environment.lastRan', { version: running.last })}</p>
      )}
      {running.kind === 'version' && running.ready !== running.of && (
        <p>
          {t('delivery.environment.ready', {
            ready: `${running.ready}`,
            of: `${running.of}`,
          })}
        </p>
      )}
      <DatabaseFacts environment={environment} sources={delivery.sources} />
      <WaitingFact
        environment={environment}
        actions={actionsOfEnvironment(name, delivery)}
      />
      {drift.kind === 'drifted' && <DriftFact drift={drift} />}
      <LeftAloneFact drift={drift} />
      {frozen && (
        <p>
          <span aria-hidden="true">❄</span> {frozen.sentence}
        </p>
      )}
      <BehindFact environment={environment} />
      <ContainsMark name={name} where={where} />
    </StageCard>
  );
}

function Main(props: { readonly environment: DeliveryEnvironment }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const main = mainFactOf(props.environment);
  switch (main.kind) {
    case 'versions':
      return <>{main.versions.join(t('delivery.environment.and'))}</>;
    case 'nothing':
      return <>{t('delivery.environment.nothingRuns')}</>;
    case 'empty':
      return <span aria-hidden="true">–</span>;
    default:
      return <>{t('delivery.unknown')}</>;
  }
}

function BehindFact(props: { readonly environment: DeliveryEnvironment }) {
  const { behind, wanted } = props.environment;
  const { t } = useTranslationRef(dojoTranslationRef);
  if (behind.kind === 'unknown' || behind.versions === 0) return null;
  if (wanted.kind !== 'version') return null;
  return (
    <p>
      <Muted>
        {t('delivery.environment.behind', { count: behind.versions })}
      </Muted>
    </p>
  );
}

function toneOf(kind: DeliveryEnvironment['health']['kind']) {
  if (kind === 'healthy') return 'positive';
  return kind === 'down' || kind === 'failed' ? 'negative' : 'neutral';
}
