import { shortOid } from 'backstage-plugin-dojo-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { CommitVerdict } from 'backstage-plugin-dojo-common';
import {
  Badge,
  FirstFew,
  Mono,
  Muted,
  PlainTable,
} from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import styles from './ReleasePlanReview.module.css';

const tones = {
  major: 'negative',
  minor: 'warning',
  patch: 'positive',
} as const;

/** One row a commit, newest first, with what it counts as and why. */
export function CommitTable(props: {
  readonly commits: readonly CommitVerdict[];
}) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const total = props.commits.length.toLocaleString();
  return (
    <FirstFew
      items={props.commits}
      showAll={t('releaseReview.why.showAll', { total })}
    >
      {(shown, id) => (
        <PlainTable
          id={id}
          className={styles.commits}
          columns={[
            t('releaseReview.why.commit'),
            t('releaseReview.why.message'),
            t('releaseReview.why.countsAs'),
          ]}
        >
          <tbody>
            {shown.map((commit, index) => (
              <CommitRow key={commit.sha ?? index} commit={commit} />
            ))}
          </tbody>
        </PlainTable>
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
          <Mono>{shortOid(sha)}</Mono>
        ) : (
          t('releaseReview.why.unknownCommit')
        )}
      </th>
      <td>
        {subject === '' ? (
          <Muted>{t('releaseReview.why.noSubject')}</Muted>
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
  const { level, reason, type, breaking } = commit;
  const saysMore = reason !== type;
  if (level === 'none') {
    return (
      <Muted>
        {saysMore
          ? t('releaseReview.why.noneBecause', { reason })
          : t('releaseReview.why.none')}
      </Muted>
    );
  }
  return (
    <>
      <Badge tone={tones[level]}>
        {breaking ? t('releaseReview.why.breaking') : level}
      </Badge>
      {saysMore && <Muted> {reason}</Muted>}
    </>
  );
}
