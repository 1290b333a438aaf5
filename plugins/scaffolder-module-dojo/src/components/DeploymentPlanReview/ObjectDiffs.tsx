import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ObjectDiff } from 'backstage-plugin-dojo-common';
import { FirstFew, Muted, Section } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { ObjectChange } from './ObjectChange';
import styles from '../FileDiffs/FileDiffs.module.css';

/** What the change does to the objects of the cluster, one after the other; what Secrets hold is not in it. */
export function ObjectDiffs(props: {
  readonly diffs: readonly ObjectDiff[];
  /** Whether what was is what lives, and not what the overlay said. */
  readonly isLive?: boolean;
}) {
  const { diffs, isLive } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <Section title={t('deploymentReview.objects.title')}>
      {isLive && diffs.length > 0 && (
        <Muted as="p">{t('deploymentReview.objects.live')}</Muted>
      )}
      {diffs.length === 0 ? (
        <Muted as="p">{t('deploymentReview.objects.none')}</Muted>
      ) : (
        <FirstFew
          items={diffs}
          showAll={t('deploymentReview.objects.showAll', {
            total: diffs.length.toLocaleString(),
          })}
        >
          {(shown, id) => (
            <div id={id} className={styles.diffs}>
              {shown.map(diff => (
                <ObjectChange key={identityOf(diff)} diff={diff} />
              ))}
            </div>
          )}
        </FirstFew>
      )}
    </Section>
  );
}

function identityOf({ object }: ObjectDiff): string {
  const { apiVersion, kind, namespace = '', name } = object;
  return [apiVersion, kind, namespace, name].join(' ');
}
