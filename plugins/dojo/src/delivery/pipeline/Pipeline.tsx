import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeliveryWhere } from 'backstage-plugin-dojo-common';
import { useId } from 'react';
import { dojoTranslationRef } from '../../translation';
import type { DeliveryAnswer } from '../deliveryAnswer';
import { EnvironmentCard } from './EnvironmentCard';
import { LatestCard } from './LatestCard';
import { pipelineColumns } from './pipelineColumns';
import { StageArrow } from './StageArrow';
import { UnreleasedCard } from './UnreleasedCard';
import styles from './Pipeline.module.css';

/** Where every version is, left to right: unreleased, latest release, environments; where there is no room, top to bottom. */
export function Pipeline(props: {
  readonly delivery: DeliveryAnswer;
  /** What somebody looks for: environments say whether they have it. */
  readonly where: DeliveryWhere | undefined;
}) {
  const { delivery, where } = props;
  const { environments } = delivery;
  const { t } = useTranslationRef(dojoTranslationRef);
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.room}>
      <h3 id={id} className={styles.hidden}>
        {t('delivery.pipeline.title')}
      </h3>
      <ol className={styles.pipeline} aria-labelledby={id}>
        <li className={styles.column} data-wide>
          <div className={styles.step}>
            <UnreleasedCard delivery={delivery} />
          </div>
        </li>
        <li className={styles.column}>
          <div className={styles.step}>
            <StageArrow />
            <LatestCard delivery={delivery} />
          </div>
        </li>
        {pipelineColumns(environments).map(column => (
          <li key={column[0].name} className={styles.column}>
            {column.map(environment => (
              <div key={environment.name} className={styles.step}>
                <StageArrow
                  afterMs={environment.afterMs}
                  from={environment.promotesFrom}
                />
                <EnvironmentCard
                  environment={environment}
                  delivery={delivery}
                  where={where}
                />
              </div>
            ))}
          </li>
        ))}
      </ol>
      {environments.length === 0 && (
        <p>{t('delivery.pipeline.noEnvironments')}</p>
      )}
    </section>
  );
}
