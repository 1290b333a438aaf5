import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { refusalsOf, isAlreadyDone } from 'backstage-plugin-dojo-common';
import type {
  MigrationPlanBody,
  MigrationResult,
} from 'backstage-plugin-dojo-common';
import {
  Headline,
  Mono,
  shortPlanHash,
  Warnings,
} from 'backstage-plugin-dojo-react';
import { MarkedEffects } from '../NewSince/MarkedEffects';
import { scaffolderDojoTranslationRef } from '../../translation';
import { Rehearsal } from '../Rehearsal/Rehearsal';
import { BackupTable } from './BackupTable';
import { FindingList } from '../FindingList/FindingList';
import { DatabaseFacts } from './DatabaseFacts';
import { MigrationVerdict } from './MigrationVerdict';
import { PendingFiles } from './PendingFiles';
import { useMigrationTitle } from './useMigrationTitle';
import styles from '../PlanReview/PlanReview.module.css';

/** Properties of {@link MigrationPlanView}. */
export interface MigrationPlanViewProps {
  readonly body: MigrationPlanBody;
  readonly result: MigrationResult;
  /** Asks for the plan anew. */
  readonly onReplan: () => void;
  /** What is said in place of its own headline. */
  readonly title?: string;
  /**
   * Whether it is one of several plans: their effects are shown together, and its version may not be there yet for a
   * rehearsal. Default: it stands alone.
   */
  readonly isPart?: boolean;
}

/** A computed plan: what will be done to the database, what it holds now, and the SQL that runs. */
export function MigrationPlanView(props: MigrationPlanViewProps) {
  const { body, result, onReplan, isPart = false } = props;
  const { planHash, plan } = result;
  const { kind, decides, shows } = plan;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const titleOf = useMigrationTitle();
  const cacheIds = new Set(decides.caches.map(({ id }) => id));
  const caches = shows.migrations.filter(({ id }) => cacheIds.has(id));
  const pending = shows.migrations.filter(({ id }) => !cacheIds.has(id));
  const nothing = isAlreadyDone(plan);
  const runs = !nothing && refusalsOf(plan.shows.findings).length === 0;
  const hash = <Mono>{shortPlanHash(planHash)}</Mono>;
  return (
    <div className={styles.stack}>
      <Headline title={props.title ?? titleOf(body, result)}>
        {runs &&
          t('migrationReview.facts.runs', {
            reason: shows.reason.replace(/\.$/, ''),
            plan: hash,
          })}
      </Headline>
      {runs && kind === 'restore' && shows.database && (
        <p>{t('migrationReview.backups.kept')}</p>
      )}
      <MigrationVerdict plan={plan} onReplan={onReplan} />
      <Warnings texts={shows.warnings} />
      {shows.findings.length > 0 && <FindingList findings={shows.findings} />}
      <div className={styles.columns}>
        <div className={styles.stack}>
          {runs && !isPart && <MarkedEffects effects={shows.effects} />}
          <BackupTable
            backups={shows.backups}
            restored={nothing ? undefined : decides.backup}
          />
        </div>
        <DatabaseFacts plan={plan} />
      </div>
      {runs && !isPart && kind !== 'restore' && (
        <Rehearsal
          key={planHash}
          body={body}
          planHash={planHash}
          onStale={onReplan}
        />
      )}
      {pending.length > 0 && (
        <PendingFiles
          title={t('migrationReview.pending.title', { count: pending.length })}
          files={pending}
          findings={shows.findings}
        />
      )}
      {caches.length > 0 && (
        <PendingFiles
          title={t('migrationReview.pending.caches', { count: caches.length })}
          files={caches}
          findings={shows.findings}
          closed={kind !== 'rebuild-caches'}
        />
      )}
    </div>
  );
}
