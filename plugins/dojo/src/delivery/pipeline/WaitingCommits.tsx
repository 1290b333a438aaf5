import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { DeliveryLine, WaitingCommit } from 'backstage-plugin-dojo-common';
import { literalText, Muted, RelativeTime } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import { Fold } from '../Fold';
import styles from './Pipeline.module.css';

const shownAtFirst = 3;

/** The first commits that count; the rest, and those that do not count, fold out. */
export function WaitingCommits({ line }: { readonly line: DeliveryLine }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const counting = line.commits.filter(({ level }) => level !== 'none');
  const others = line.commits.filter(({ level }) => level === 'none');
  const first = counting.slice(0, shownAtFirst);
  const rest = counting.slice(shownAtFirst);
  const moreCounting = line.counting - first.length;
  const notCounting = line.count - line.counting;
  return (
    <>
      <CommitList commits={first} />
      {moreCounting > 0 && (
        <Fold summary={t('delivery.unreleased.more', { count: moreCounting })}>
          <CommitList commits={rest} />
          <Omitted count={moreCounting - rest.length} />
        </Fold>
      )}
      {notCounting > 0 && (
        <Fold
          summary={t('delivery.unreleased.notCounting', { count: notCounting })}
        >
          <CommitList commits={others} />
          <Omitted count={notCounting - others.length} />
        </Fold>
      )}
    </>
  );
}

function Omitted({ count }: { readonly count: number }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  return count > 0 ? (
    <Muted as="p">{t('delivery.unreleased.omitted', { count })}</Muted>
  ) : null;
}

function CommitList(props: { readonly commits: readonly WaitingCommit[] }) {
  if (props.commits.length === 0) return null;
  return (
    <ul className={styles.commits}>
      {props.commits.map(commit => (
        <li key={commit.sha}>
          <CommitLine commit={commit} />
        </li>
      ))}
    </ul>
  );
}

function CommitLine({ commit }: { readonly commit: WaitingCommit }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const { subject, author, at, url, pr, breaking } = commit;
  const text =
    subject === '' ? t('delivery.unreleased.noSubject') : literalText(subject);
  return (
    <>
      <span className={styles.subject}>
        {breaking && <strong>{t('delivery.breaking')}: </strong>}
        {url ? <Link href={url}>{text}</Link> : text}
      </span>{' '}
      <Muted>
        {literalText(author)} · <RelativeTime at={at} />
        {pr && (
          <>
            {' · '}
            {pr.url ? (
              <Link href={pr.url}>{`#${pr.number}`}</Link>
            ) : (
              `#${pr.number}`
            )}
          </>
        )}
      </Muted>
    </>
  );
}
