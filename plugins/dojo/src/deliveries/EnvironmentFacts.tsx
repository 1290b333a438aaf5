import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeliveryCell } from 'backstage-plugin-dojo-common';
import { HealthMark, literalText, Muted } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';
import styles from './deliveries.module.css';

/** The version in an environment, how it is there, and what stands beside that; each by a shape and a word. */
export function EnvironmentFacts(props: {
  /** Absent: the answer says nothing about this environment. */
  readonly cell: DeliveryCell | undefined;
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { cell } = props;
  if (!cell) return <Muted>{t('deliveries.notKnown')}</Muted>;
  return (
    <span className={styles.facts}>
      {cell.version && (
        <span className={styles.version}>{literalText(cell.version)}</span>
      )}
      <HealthMark kind={cell.health} />
      {cell.waiting && <HealthMark kind="waiting" />}
      {cell.drift && <HealthMark kind="drifted" />}
      {cell.pending && (
        <span className={styles.pending}>
          <span aria-hidden="true">≡</span> {t('deliveries.flags.pending')}
        </span>
      )}
    </span>
  );
}
