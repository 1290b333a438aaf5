import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { DeliveryLine } from 'backstage-plugin-dojo-common';
import {
  Badge,
  literalText,
  MarkShape,
  Muted,
} from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import type { DeliveryAnswer } from '../deliveryAnswer';
import { StageActions } from './StageActions';
import { StageCard } from './StageCard';
import { WaitingCommits } from './WaitingCommits';
import styles from './Pipeline.module.css';

/** What waits for a release, on the release branch and on each maintenance branch that holds commits. */
export function UnreleasedCard(props: { readonly delivery: DeliveryAnswer }) {
  const { lines, latest, actions } = props.delivery;
  const { t } = useTranslationRef(dojoTranslationRef);
  const [main, ...others] = lines;
  const since = latest.kind === 'release' ? latest.version : undefined;
  return (
    <StageCard
      name={t('delivery.unreleased.title')}
      tone="waiting"
      main={
        main ? (
          <MainCount line={main} firstOfAll={latest.kind === 'none'} />
        ) : (
          t('delivery.unknown')
        )
      }
      actions={
        <StageActions
          actions={actions.filter(
            ({ id, branch }) =>
              id === 'release' && branch && branch !== main?.branch,
          )}
        />
      }
    >
      {main && (
        <MainLine
          line={main}
          since={since}
          isFirst={latest.kind === 'none'}
          named={others.length > 0}
        />
      )}
      {others.map(line => (
        <OtherLine key={line.branch} line={line} main={main?.branch ?? ''} />
      ))}
    </StageCard>
  );
}

function MainCount(props: {
  readonly line: DeliveryLine;
  readonly firstOfAll: boolean;
}) {
  const { line, firstOfAll } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <>
      {line.capped
        ? t('delivery.unreleased.commitsCapped', {
            total: line.count.toLocaleString(),
          })
        : t('delivery.unreleased.commits', { count: line.count })}
      {firstOfAll && line.count > 0 && (
        <span className={styles.mainRest}>
          {t('delivery.unreleased.noneReleased')}
        </span>
      )}
    </>
  );
}

function MainLine(props: {
  readonly line: DeliveryLine;
  readonly since: string | undefined;
  readonly isFirst: boolean;
  /** Whether the branch has to be named, since there are others. */
  readonly named: boolean;
}) {
  const { line, since, isFirst, named } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  if (line.count === 0) {
    if (!since) return <p>{t('delivery.unreleased.noCommits')}</p>;
    return (
      <p>
        {named
          ? t('delivery.unreleased.noCommitsOn', {
              branch: literalText(line.branch),
              version: since,
            })
          : t('delivery.unreleased.noCommitsSince', { version: since })}
      </p>
    );
  }
  return <LineFacts line={line} isFirst={isFirst} />;
}

function OtherLine(props: {
  readonly line: DeliveryLine;
  readonly main: string;
}) {
  const { line, main } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <div className={styles.line}>
      <p>
        <strong>
          {line.next
            ? t('delivery.unreleased.otherNext', {
                branch: literalText(line.branch),
                count: line.count,
                version: line.next.version,
              })
            : t('delivery.unreleased.other', {
                branch: literalText(line.branch),
                count: line.count,
              })}
        </strong>
      </p>
      {line.notOnMain !== undefined && (
        <p>
          <MarkShape shape="⚠" />{' '}
          {line.notOnMainSentence
            ? literalText(line.notOnMainSentence)
            : t('delivery.unreleased.notOnMain', {
                count: line.notOnMain,
                main,
              })}
        </p>
      )}
      <LineFacts line={line} />
    </div>
  );
}

function LineFacts(props: {
  readonly line: DeliveryLine;
  /** Whether nothing was released before. */
  readonly isFirst?: boolean;
}) {
  const { line, isFirst = false } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <>
      {line.breaking > 0 && (
        <p>
          <Badge tone="negative">{t('delivery.breaking')}</Badge>
        </p>
      )}
      {line.next && (
        <p>
          {isFirst
            ? t('delivery.unreleased.first', { version: line.next.version })
            : literalText(line.next.sentence.sentence)}
        </p>
      )}
      <WaitingCommits line={line} />
      {line.compareUrl && (
        <p>
          <Link href={line.compareUrl}>{t('delivery.unreleased.compare')}</Link>
        </p>
      )}
      {line.capped && <Muted as="p">{t('delivery.unreleased.capped')}</Muted>}
    </>
  );
}
