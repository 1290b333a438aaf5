import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Delivery } from 'backstage-plugin-dojo-common';
import { literalText, Muted, RelativeTime } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';

type KnownDelivery = Extract<Delivery, { kind: 'delivery' }>;

/** The latest version, and when it was released. */
export function LatestSummary(props: {
  readonly latest: KnownDelivery['latest'];
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { latest } = props;
  switch (latest.kind) {
    case 'release':
      return (
        <>
          <strong>{literalText(latest.version)}</strong>{' '}
          <Muted>
            <RelativeTime at={latest.at} />
          </Muted>
        </>
      );
    case 'none':
      return <>{t('overviewCard.noRelease')}</>;
    default:
      return <Muted>{t('overviewCard.notKnown')}</Muted>;
  }
}

/** How much of the release branch waits, and what it will be. */
export function UnreleasedSummary(props: { readonly delivery: KnownDelivery }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { lines, latest } = props.delivery;
  const line = lines.at(0);
  if (!line) return <Muted>{t('overviewCard.notKnown')}</Muted>;
  if (line.count === 0) {
    return (
      <>
        {latest.kind === 'release'
          ? t('overviewCard.noCommits', {
              version: literalText(latest.version),
            })
          : t('overviewCard.none')}
      </>
    );
  }
  return (
    <>
      {line.next
        ? t('overviewCard.commitsNext', {
            count: line.count,
            version: literalText(line.next.version),
          })
        : t('overviewCard.commits', { count: line.count })}
    </>
  );
}
