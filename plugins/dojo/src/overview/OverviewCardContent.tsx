import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { Link, Skeleton } from '@backstage/ui';
import {
  FactList,
  FailureAlert,
  literalText,
  Muted,
  Sentence,
  sentenceOf,
} from 'backstage-plugin-dojo-react';
import { useDeliveryPath } from '../deliveries/useDeliveryPath';
import { type DeliveryState, useDelivery } from '../delivery/useDelivery';
import { dojoTranslationRef } from '../translation';
import { EnvironmentSummary } from './EnvironmentSummary';
import styles from './overview.module.css';
import { LatestSummary, UnreleasedSummary } from './ReleaseSummary';

/** What is released of the component at hand, and how its environments are; live, as the Delivery tab is. */
export function OverviewCardContent() {
  const { entity } = useEntity();
  const component = stringifyEntityRef(entity);
  const { t } = useTranslationRef(dojoTranslationRef);
  const { state, reload } = useDelivery(component);
  const href = useDeliveryPath()(component);
  return (
    <EntityInfoCard
      title={t('overviewCard.title')}
      footerActions={href && <Link href={href}>{t('overviewCard.open')}</Link>}
    >
      <div className={styles.body} data-testid="dojo-overview">
        <Body state={state} component={component} onRetry={reload} />
      </div>
    </EntityInfoCard>
  );
}

function Body(props: {
  readonly state: DeliveryState;
  readonly component: string;
  readonly onRetry: () => void;
}) {
  const { state, component, onRetry } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  const toDelivery = useDeliveryPath();
  if (state.kind === 'loading') {
    return (
      <div role="status" aria-label={t('overviewCard.loading')}>
        <Skeleton height={120} />
      </div>
    );
  }
  if (state.kind === 'failed') {
    const { why } = state;
    if (why.kind === 'absent') return <Muted>{t('overviewCard.absent')}</Muted>;
    return (
      <FailureAlert
        failure={
          why.kind === 'failed'
            ? why.failure
            : {
                message: t('overviewCard.backendMissing'),
                hint: undefined,
                denied: false,
                mayPass: true,
              }
        }
        title={t('overviewCard.failed')}
        denied={{
          title: t('overviewCard.denied'),
          hint: t('overviewCard.deniedHint'),
        }}
        onRetry={onRetry}
      />
    );
  }
  const { delivery } = state;
  if (delivery.kind === 'not-set-up') {
    return <Muted>{t('overviewCard.notSetUp')}</Muted>;
  }
  const [worst] = delivery.attention;
  return (
    <>
      {worst && (
        <Sentence as="p">
          <strong>{sentenceOf(worst.sentence)}</strong>
        </Sentence>
      )}
      <FactList
        facts={[
          [
            t('overviewCard.latest'),
            <LatestSummary key="latest" latest={delivery.latest} />,
          ],
          [
            t('overviewCard.unreleased'),
            <UnreleasedSummary key="unreleased" delivery={delivery} />,
          ],
        ]}
      />
      {delivery.environments.length === 0 ? (
        <Muted>{t('overviewCard.noEnvironments')}</Muted>
      ) : (
        <ul className={styles.environments}>
          {delivery.environments.map(environment => (
            <EnvironmentSummary
              key={environment.name}
              environment={environment}
              title={literalText(environment.title ?? environment.name)}
              href={toDelivery(component, environment.name)}
            />
          ))}
        </ul>
      )}
    </>
  );
}
