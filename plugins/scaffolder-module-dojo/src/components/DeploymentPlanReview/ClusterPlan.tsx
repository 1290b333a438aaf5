import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { ClusterDecides } from 'backstage-plugin-dojo-common';
import {
  FactList,
  formatDuration,
  literalText,
  Mono,
  Section,
} from 'backstage-plugin-dojo-react';
import type { ReactNode } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import styles from './ClusterPlan.module.css';

/** What mode apply does beside the writes that the diffs show: whose fields it takes over, what it deletes, how long it watches. */
export function ClusterPlan(props: {
  readonly cluster: ClusterDecides;
  /** Whether the overlay changes too; without it, it is the cluster that went its own way. */
  readonly changesOverlay: boolean;
}) {
  const { cluster, changesOverlay } = props;
  const { writes, adopts, prunes, wait, onFailure, watches } = cluster;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const isDrift = !changesOverlay && (writes.length > 0 || prunes.length > 0);
  const facts: Array<[string, ReactNode]> = [
    [t('deploymentReview.cluster.writes'), <Writes writes={writes} />],
  ];
  if (watches) {
    facts.push(
      [
        t('deploymentReview.cluster.wait'),
        t('deploymentReview.cluster.waits', {
          time: formatDuration(wait * 1000),
        }),
      ],
      [
        t('deploymentReview.cluster.onFailure'),
        onFailure === 'rollback'
          ? t('deploymentReview.cluster.rollback')
          : t('deploymentReview.cluster.leave'),
      ],
    );
  }
  return (
    <Section title={t('deploymentReview.cluster.title')}>
      {isDrift && (
        <Alert
          status="info"
          icon
          title={t('deploymentReview.cluster.drift')}
          description={t('deploymentReview.cluster.driftDescription')}
        />
      )}
      {prunes.length > 0 && (
        <Alert
          status="warning"
          icon
          title={t('deploymentReview.cluster.prunes', {
            count: prunes.length,
          })}
          description={<Objects objects={prunes} />}
        />
      )}
      <FactList facts={facts} />
      {adopts.length > 0 && (
        <>
          <p>{t('deploymentReview.cluster.adopts')}</p>
          <Objects
            objects={adopts}
            more={({ managers }) =>
              t('deploymentReview.cluster.from', {
                managers: managers.map(literalText).join(', '),
              })
            }
          />
        </>
      )}
    </Section>
  );
}

function Writes({ writes }: Pick<ClusterDecides, 'writes'>) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const created = writes.filter(({ change }) => change === 'created').length;
  const changed = writes.length - created;
  if (writes.length === 0) {
    return <>{t('deploymentReview.cluster.writesNothing')}</>;
  }
  return (
    <>
      {[
        created > 0 &&
          t('deploymentReview.cluster.created', { count: created }),
        changed > 0 &&
          t('deploymentReview.cluster.changed', { count: changed }),
      ]
        .filter(Boolean)
        .join(', ')}
    </>
  );
}

function Objects<TObject extends { kind: string; name: string }>(props: {
  readonly objects: readonly TObject[];
  readonly more?: (object: TObject) => string;
}) {
  return (
    <ul className={styles.objects}>
      {props.objects.map(object => (
        <li key={`${object.kind}/${object.name}`}>
          {literalText(object.kind)} <Mono>{literalText(object.name)}</Mono>
          {props.more && ` ${props.more(object)}`}
        </li>
      ))}
    </ul>
  );
}
