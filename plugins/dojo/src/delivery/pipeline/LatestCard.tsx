import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { type DeliveryRelease, shortOid } from 'backstage-plugin-dojo-common';
import {
  Badge,
  literalText,
  Mono,
  Muted,
  PersonName,
  RelativeTime,
} from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import type { DeliveryAnswer } from '../deliveryAnswer';
import { migrationLevel } from '../migrationLevel';
import { actionsOfLatest } from '../stageActions';
import { ReleaseNotes } from './ReleaseNotes';
import { shortDigest } from './shortDigest';
import { StageActions } from './StageActions';
import { StageCard } from './StageCard';

/** The newest release: its image, what it needs of the database, who made it, and whether it may be deployed. */
export function LatestCard(props: { readonly delivery: DeliveryAnswer }) {
  const { latest } = props.delivery;
  const { t } = useTranslationRef(dojoTranslationRef);
  const name = t('delivery.latest.title');
  if (latest.kind !== 'release') {
    return (
      <StageCard
        name={name}
        main={
          latest.kind === 'none'
            ? t('delivery.latest.none')
            : t('delivery.unknown')
        }
      >
        {null}
      </StageCard>
    );
  }
  return (
    <StageCard
      name={name}
      tone={
        latest.moved || latest.unfinished.length > 0 ? 'negative' : 'neutral'
      }
      main={latest.version}
      actions={<StageActions actions={actionsOfLatest(props.delivery)} />}
    >
      <ReleaseMarks release={latest} />
      <ImageFact image={latest.image} />
      {latest.needs && (
        <p>
          {t('delivery.latest.needs', { level: migrationLevel(latest.needs) })}
        </p>
      )}
      <p>
        <Muted>
          <RelativeTime at={latest.at} />
          {latest.by && (
            <>
              {' · '}
              <PersonName person={latest.by} />
            </>
          )}
        </Muted>
      </p>
      <ReleaseNotes release={latest} />
      {latest.urls.release && (
        <p>
          <Link href={latest.urls.release}>{t('delivery.latest.onForge')}</Link>
        </p>
      )}
    </StageCard>
  );
}

function ReleaseMarks({ release }: { readonly release: DeliveryRelease }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { breaking, unfinished, moved, rejected, tag } = release;
  return (
    <>
      {breaking && (
        <p>
          <Badge tone="negative">{t('delivery.breaking')}</Badge>
        </p>
      )}
      {rejected && (
        <p>
          <strong>
            {t('delivery.latest.rejected', {
              reason: literalText(rejected.reason),
            })}
          </strong>
        </p>
      )}
      {moved && (
        <p>
          <strong>
            {t('delivery.latest.moved', {
              tag,
              from: shortOid(moved.from),
              to: shortOid(moved.to),
            })}
          </strong>
        </p>
      )}
      {unfinished.length > 0 && (
        <p>
          <strong>
            {t('delivery.latest.unfinished', { keys: unfinished.join(', ') })}
          </strong>
        </p>
      )}
    </>
  );
}

function ImageFact({ image }: { readonly image: DeliveryRelease['image'] }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  if (image.kind === 'none') return <p>{t('delivery.latest.noImage')}</p>;
  return (
    <>
      <p title={image.digest}>
        <Mono>{shortDigest(image.digest)}</Mono>
      </p>
      <p>{t(`delivery.latest.image.${image.check}`)}</p>
    </>
  );
}
