import { shortOid } from 'backstage-plugin-dojo-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type {
  CommitVerdict,
  PlannedCommit,
} from 'backstage-plugin-dojo-common';
import {
  Badge,
  FirstFew,
  literalText,
  Mono,
  Muted,
  PlainTable,
  RelativeTime,
} from 'backstage-plugin-dojo-react';
import { Fragment, type ReactNode } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { NewMark } from '../NewSince/NewMark';
import { partName } from '../NewSince/reviewedParts';
import { isWebUrl } from './isWebUrl';
import styles from './ReleasePlanReview.module.css';

const tones = {
  major: 'negative',
  minor: 'warning',
  patch: 'positive',
} as const;

/** One row a commit, newest first, with what it counts as and why. */
export function CommitTable(props: {
  readonly commits: readonly PlannedCommit[];
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

function CommitRow({ commit }: { readonly commit: PlannedCommit }) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const { sha, subject, url } = commit;
  return (
    <tr>
      <th scope="row">
        {sha ? (
          <ForgeLink href={url}>
            <Mono>{shortOid(sha)}</Mono>
          </ForgeLink>
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
        {sha && <NewMark of={partName.commit(sha)} />}
        <Written commit={commit} />
      </td>
      <td>
        <Verdict commit={commit} />
      </td>
    </tr>
  );
}

/** Who wrote it, when, and the pull request that it came by. */
function Written({ commit }: { readonly commit: PlannedCommit }) {
  const { author, at, pr } = commit;
  const parts = [
    author && literalText(author),
    at && <RelativeTime at={at} />,
    pr && <ForgeLink href={pr.url}>{`#${pr.number}`}</ForgeLink>,
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return (
    <div className={styles.written}>
      <Muted>
        {parts.map((part, index) => (
          // eslint-disable-next-line react/no-array-index-key -- its parts have an order and nothing else
          <Fragment key={index}>
            {index > 0 && ' · '}
            {part}
          </Fragment>
        ))}
      </Muted>
    </div>
  );
}

/** A link where there is a page to follow it to. */
function ForgeLink(props: {
  readonly href: string | undefined;
  readonly children: ReactNode;
}) {
  const { href, children } = props;
  return href && isWebUrl(href) ? (
    <Link href={href} target="_blank" rel="noreferrer">
      {children}
    </Link>
  ) : (
    <>{children}</>
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
