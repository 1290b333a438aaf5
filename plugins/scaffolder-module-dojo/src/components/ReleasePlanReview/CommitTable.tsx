import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { CommitVerdict } from 'backstage-plugin-dojo-common';
import { Badge, FirstFew, Mono, shortHash } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import shared from '../PlanReview/PlanReview.module.css';
import styles from './ReleasePlanReview.module.css';

const shownAtFirst = 50;
const tones = {
  major: 'negative',
  minor: 'warning',
  patch: 'positive',
} as const;

/**
 * One row a commit, newest first, with what it counts as and why. A plain table: `@backstage/ui`'s is a grid that
 * takes focus and arrow keys, which reading needs not.
 */
export function CommitTable(props: {
  readonly commits: readonly CommitVerdict[];
}) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const total = props.commits.length.toLocaleString();
  return (
    <FirstFew
      items={props.commits}
      count={shownAtFirst}
      showAll={t('releaseReview.why.showAll', { total })}
      showFirst={t('releaseReview.why.showFirst', { shown: `${shownAtFirst}` })}
    >
      {(shown, id) => (
        <table id={id} className={`${shared.table} ${styles.commits}`}>
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
      )}
    </FirstFew>
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
          <span className={shared.muted}>
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
      <span className={shared.muted}>
        {saysMore
          ? t('releaseReview.why.noneBecause', { reason })
          : t('releaseReview.why.none')}
      </span>
    );
  }
  return (
    <>
      <Badge tone={tones[level]}>{level}</Badge>
      {saysMore && <span className={shared.muted}> {reason}</span>}
    </>
  );
}
