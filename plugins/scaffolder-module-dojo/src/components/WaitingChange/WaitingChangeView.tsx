import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import {
  type DeploymentMergeResult,
  refusalsOf,
} from 'backstage-plugin-dojo-common';
import {
  Ago,
  EntityName,
  Muted,
  Section,
  Sentence,
  sentenceOf,
  Warnings,
} from 'backstage-plugin-dojo-react';
import { useId } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import { ObjectDiffs } from '../DeploymentPlanReview/ObjectDiffs';
import { FileDiffs } from '../FileDiffs/FileDiffs';
import { FindingList } from '../FindingList/FindingList';
import { useMerge } from './useMerge';
import styles from './WaitingChange.module.css';

/**
 * What waits, who asked for it and when, what it changes, a button that merges it, or says why it does not, and one that
 * takes it back.
 */
export function WaitingChangeView(props: {
  /** Entity ref. */
  readonly component: string;
  readonly waiting: DeploymentMergeResult;
  readonly onRetry: () => void;
  readonly onMerged: (result: DeploymentMergeResult) => void;
}) {
  const { component, waiting, onRetry, onMerged } = props;
  const { environment, requestedBy, requestedAt, findings } = waiting;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const merge = useMerge({ component, waiting, onMerged });
  const reason = useId();
  const refusals = refusalsOf(findings).length;
  const [block] = waiting.blocks;
  const why =
    block?.message ??
    (refusals > 0
      ? t('waitingChange.refused', { count: refusals })
      : undefined);
  return (
    <Section title={t('waitingChange.title', { environment })}>
      <div className={styles.body}>
        <p className={styles.what}>
          {t('waitingChange.asked', {
            what: `${waiting.component} ${waiting.version ?? ''}`.trim(),
            who: requestedBy ? (
              <EntityName entityRef={requestedBy} defaultKind="user" />
            ) : (
              t('waitingChange.nobodyKnown')
            ),
            time: requestedAt ? <Ago at={requestedAt} /> : '',
          })}
        </p>
        <div className={styles.act}>
          <Button
            variant="primary"
            isDisabled={why !== undefined || merge.running !== undefined}
            aria-describedby={why === undefined ? undefined : reason}
            onPress={() => merge.run('merge')}
          >
            {merge.running === 'merge'
              ? t('waitingChange.merging')
              : t('waitingChange.merge')}
          </Button>
          <Button
            variant="secondary"
            isDisabled={merge.running !== undefined}
            onPress={() => merge.run('close')}
          >
            {merge.running === 'close'
              ? t('waitingChange.closing')
              : t('waitingChange.close')}
          </Button>
          {why !== undefined && (
            <span id={reason}>
              <Muted>{sentenceOf(why)}</Muted>
            </span>
          )}
        </div>
        {block && <Sentence>{block.hint}</Sentence>}
        {merge.failure && (
          <Alert
            status="danger"
            icon
            title={
              merge.failure.of === 'merge'
                ? t('waitingChange.notMerged')
                : t('waitingChange.notClosed')
            }
            description={
              <>
                <Sentence>{sentenceOf(merge.failure.message)}</Sentence>
                {merge.failure.hint && (
                  <Sentence>{merge.failure.hint}</Sentence>
                )}
              </>
            }
            customActions={
              <Button size="small" variant="secondary" onPress={onRetry}>
                {t('waitingChange.again')}
              </Button>
            }
          />
        )}
        <Warnings texts={waiting.warnings} />
        {findings.length > 0 && <FindingList findings={findings} />}
        <ObjectDiffs diffs={waiting.objects} />
        {waiting.diffs.length > 0 && (
          <FileDiffs
            title={t('deploymentReview.files.title')}
            diffs={waiting.diffs}
          />
        )}
      </div>
    </Section>
  );
}
