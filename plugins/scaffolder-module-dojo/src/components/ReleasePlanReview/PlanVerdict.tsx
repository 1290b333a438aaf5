import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Link } from '@backstage/ui';
import type { ReleaseResult } from 'backstage-plugin-dojo-common';
import { scaffolderDojoTranslationRef } from '../../translation';
import { isWebUrl } from './isWebUrl';

/** Says so where a plan makes no new version: nothing to release, or an older release to finish. */
export function PlanVerdict(props: {
  readonly name: string;
  readonly result: ReleaseResult;
}) {
  const { decides, shows } = props.result.plan;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (decides.release) return null;
  if (decides.finish) {
    return (
      <Alert
        status="warning"
        icon
        title={t('releaseReview.finish.title', {
          version: decides.finish.version,
        })}
        description={t('releaseReview.finish.description')}
      />
    );
  }
  const { newest } = shows;
  return (
    <Alert
      status="info"
      icon
      title={
        newest
          ? t('releaseReview.nothing.newest', { version: newest.version })
          : t('releaseReview.nothing.none', { name: props.name })
      }
      description={
        newest?.releaseUrl &&
        isWebUrl(newest.releaseUrl) && (
          <Link
            href={newest.releaseUrl}
            target="_blank"
            rel="noreferrer"
            variant="body-small"
          >
            {t('releaseReview.nothing.link', { version: newest.version })}
          </Link>
        )
      }
    />
  );
}
