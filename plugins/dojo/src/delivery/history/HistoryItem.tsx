import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { type HistoryEntry, shortOid } from 'backstage-plugin-dojo-common';
import {
  Badge,
  MarkShape,
  Muted,
  PersonName,
  RelativeTime,
  sentenceOf,
} from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../../translation';
import { useTaskLink } from '../useTaskLink';
import { entryMark } from './entryMark';
import styles from './History.module.css';

/** One entry: shape and word, the sentence, when and by whom, and the ways to its task and its commit. */
export function HistoryItem({ entry }: { readonly entry: HistoryEntry }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const task = useTaskLink()(entry.run);
  const { shape, word } = entryMark(entry);
  const source = sourceOf(entry);
  return (
    <li className={styles.entry} id={entry.id}>
      <span className={styles.word} data-word={word}>
        <span className={styles.shape}>
          <MarkShape shape={shape} />
        </span>{' '}
        {t(`delivery.history.word.${word}`)}
      </span>
      <div className={styles.what}>
        <span>{sentenceOf(entry.sentence)}</span>
        <EntryBadges entry={entry} />
        {(task || source) && (
          <span className={styles.links}>
            {task && <Link href={task}>{t('delivery.history.task')}</Link>}
            {source && <Link href={source.url}>{source.name}</Link>}
          </span>
        )}
      </div>
      <span className={styles.when}>
        <Muted>
          <RelativeTime at={entry.at} />
          {entry.by && (
            <>
              {' · '}
              <PersonName person={entry.by} />
              {entry.via === 'agent' && ` ${t('delivery.history.byAgent')}`}
            </>
          )}
        </Muted>
      </span>
    </li>
  );
}

function EntryBadges({ entry }: { readonly entry: HistoryEntry }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  switch (entry.kind) {
    case 'release':
      return entry.breaking ? (
        <Badge tone="negative">{t('delivery.breaking')}</Badge>
      ) : null;
    case 'deployment':
      return entry.sameHand ? (
        <span>
          <MarkShape shape="⚠" />{' '}
          <Badge tone="warning">{t('delivery.history.sameHand')}</Badge>
        </span>
      ) : null;
    case 'migration':
      return entry.undone ? (
        <Badge tone="warning">{t('delivery.history.undone')}</Badge>
      ) : null;
    default:
      return null;
  }
}

/** Where an entry comes from: its tag, or its commit, by its name. */
function sourceOf(
  entry: HistoryEntry,
): { readonly url: string; readonly name: string } | undefined {
  if (entry.kind !== 'release' && entry.kind !== 'deployment') return undefined;
  if (!entry.url) return undefined;
  if (entry.kind === 'release') return { url: entry.url, name: entry.tag };
  const [, commit] = /^deployment:([0-9a-f]{40})$/.exec(entry.id) ?? [];
  return { url: entry.url, name: commit ? shortOid(commit) : entry.url };
}
