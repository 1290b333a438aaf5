import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { ReleasePlan } from 'backstage-plugin-dojo-common';
import { Section } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { CommitTable } from './CommitTable';

/** The reason in one sentence, then what each commit counts as. */
export function WhyVersion({ plan }: { readonly plan: ReleasePlan }) {
  const { decides, shows } = plan;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const title = () => {
    if (decides.release) {
      return t('releaseReview.why.release', {
        version: decides.release.version,
      });
    }
    return decides.finish
      ? t('releaseReview.why.finish')
      : t('releaseReview.why.nothing');
  };
  return (
    <Section title={title()}>
      <p>{shows.reason}</p>
      {shows.cappedAt !== undefined && (
        <Alert
          status="info"
          icon
          title={t('releaseReview.why.capped', {
            read: shows.cappedAt.toLocaleString(),
          })}
        />
      )}
      {shows.commits.length > 0 && <CommitTable commits={shows.commits} />}
    </Section>
  );
}
