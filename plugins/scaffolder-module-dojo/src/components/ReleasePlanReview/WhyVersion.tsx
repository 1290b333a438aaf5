import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Link } from '@backstage/ui';
import type { ReleasePlan } from 'backstage-plugin-dojo-common';
import { Section } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { CommitTable } from './CommitTable';
import { isWebUrl } from './isWebUrl';

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
      <Compare plan={plan} />
      {shows.commits.length > 0 && <CommitTable commits={shows.commits} />}
    </Section>
  );
}

/** All changes at once, where the forge has a page of them; before a first release there is nothing to compare with. */
function Compare({ plan }: { readonly plan: ReleasePlan }) {
  const { compareUrl, previousVersion } = plan.shows;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (!compareUrl || !isWebUrl(compareUrl) || !previousVersion) return null;
  return (
    <p>
      <Link href={compareUrl} target="_blank" rel="noreferrer">
        {t('releaseReview.why.compare', { previous: previousVersion })}
      </Link>
    </p>
  );
}
