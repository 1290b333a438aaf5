import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { ReleaseResult } from 'backstage-plugin-dojo-common';
import { Section, Warnings } from 'backstage-plugin-dojo-react';
import { MarkedEffects } from '../NewSince/MarkedEffects';
import { scaffolderDojoTranslationRef } from '../../translation';
import { FileDiffs } from '../FileDiffs/FileDiffs';
import { PlanHeadline } from './PlanHeadline';
import { PlanVerdict } from './PlanVerdict';
import { ReleaseNotes } from './ReleaseNotes';
import { WhyVersion } from './WhyVersion';
import styles from '../PlanReview/PlanReview.module.css';

/** A computed plan: what will happen and why, down to the lines of the files. */
export function ReleasePlanView(props: {
  readonly name: string;
  readonly result: ReleaseResult;
  /** Whether it is one of several plans: their effects are shown together, and its files on request. Default: it stands alone. */
  readonly isPart?: boolean;
}) {
  const { name, result, isPart = false } = props;
  const { decides, shows } = result.plan;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const target = decides.release ?? decides.finish;
  const noted = target ?? shows.newest;
  // Its lines are the notes once more.
  const { path: folder, changelog: file } = decides.request;
  const changelog = folder === undefined ? file : `${folder}/${file}`;
  return (
    <div className={styles.stack}>
      <PlanHeadline name={name} result={result} />
      <PlanVerdict name={name} result={result} />
      <StaysLatest version={shows.staysLatest} />
      <Warnings texts={shows.warnings} />
      {target && !isPart && <MarkedEffects effects={shows.effects} />}
      <div className={styles.columns}>
        <WhyVersion plan={result.plan} />
        {noted && (
          <Section
            title={
              target
                ? t('releaseReview.notes.title')
                : t('releaseReview.notes.titleOf', { version: noted.version })
            }
          >
            <ReleaseNotes markdown={noted.notes} />
          </Section>
        )}
      </div>
      {shows.diffs.length > 0 && (
        <FileDiffs
          title={t('releaseReview.files.title')}
          diffs={shows.diffs}
          isFolded={isPart}
          folds={path => path === changelog}
        />
      )}
    </div>
  );
}

/** Of a version below the latest one: nobody who asks for the latest gets it. */
function StaysLatest({ version }: { readonly version: string | undefined }) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (version === undefined) return null;
  return (
    <Alert
      status="info"
      icon
      title={t('releaseReview.staysLatest', { version })}
    />
  );
}
