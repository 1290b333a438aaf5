import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { CommitVerdict } from 'backstage-plugin-dojo-common';
import { useId, useState } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { Mono, shortHash } from './Mono';
import styles from './ReleasePlanReview.module.css';

const shownAtFirst = 50;

/**
 * One row a commit, newest first, with what it counts as and why. A plain table: `@backstage/ui`'s is a grid that
 * takes focus and arrow keys, which reading needs not.
 */
export function CommitTable(props: {
  readonly commits: readonly CommitVerdict[];
}) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const [all, setAll] = useState(false);
  const id = useId();
  const total = props.commits.length;
  const shown = all ? props.commits : props.commits.slice(0, shownAtFirst);
  return (
    <>
      <table id={id} className={styles.commits}>
        <thead>
          <tr>
            <th scope="col">{t('releaseReview.why.commit')}</th>
            <th scope="col">{t('releaseReview.why.message')}</th>
            <th scope="col">{t('releaseReview.why.countsAs')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((commit, index) => (
            <CommitRow key={commit.sha ?? index} commit={commit} />
          ))}
        </tbody>
      </table>
      {total > shownAtFirst && (
        <div>
          <Button
            size="small"
            variant="secondary"
            aria-expanded={all}
            aria-controls={id}
            onPress={() => setAll(!all)}
          >
            {all
              ? t('releaseReview.why.showFirst', {
                  shown: `${shownAtFirst}`,
                })
              : t('releaseReview.why.showAll', {
                  total: total.toLocaleString(),
                })}
          </Button>
        </div>
      )}
    </>
  );
}

function CommitRow({ commit }: { readonly commit: CommitVerdict }) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const { sha, subject } = commit;
  return (
    <tr>
      <th scope="row">
        {sha ? (
          <Mono>{shortHash(sha)}</Mono>
        ) : (
          t('releaseReview.why.unknownCommit')
        )}
      </th>
      <td>
        {subject === '' ? (
          <span className={styles.muted}>
            {t('releaseReview.why.noSubject')}
          </span>
        ) : (
          subject
        )}
      </td>
      <td>
        <Verdict commit={commit} />
      </td>
    </tr>
  );
}

function Verdict({ commit }: { readonly commit: CommitVerdict }) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const { level, reason, type } = commit;
  const saysMore = reason !== type;
  if (level === 'none') {
    return (
      <span className={styles.muted}>
        {saysMore
          ? t('releaseReview.why.noneBecause', { reason })
          : t('releaseReview.why.none')}
      </span>
    );
  }
  return (
    <>
      <span className={styles.badge} data-level={level}>
        {level}
      </span>
      {saysMore && <span className={styles.muted}> {reason}</span>}
    </>
  );
}
