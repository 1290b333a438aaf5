import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, VisuallyHidden } from '@backstage/ui';
import type { MigrationPlanBody } from 'backstage-plugin-dojo-common';
import {
  Ago,
  FailureAlert,
  type DojoFailure,
  formatDuration,
  Muted,
  Section,
  Sentence,
  sentenceOf,
} from 'backstage-plugin-dojo-react';
import { useEffect, useRef } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import {
  type KeptRehearsal,
  keptRehearsals,
  useKeptRehearsal,
} from './keptRehearsals';
import { RehearsalLog } from './RehearsalLog';
import { RehearsalReport } from './RehearsalReport';
import { type RehearsalState, useRehearsal } from './useRehearsal';
import styles from './Rehearsal.module.css';

/** Properties of {@link Rehearsal}. */
export interface RehearsalProps {
  readonly body: MigrationPlanBody;
  /** Of the plan that is reviewed; a rehearsal of another plan is not shown as if it were of this one. */
  readonly planHash: string;
  /** Asks for the plan anew. */
  readonly onStale: () => void;
}

/** Runs what is planned on a private copy, on request, and reports what it did and what it took. */
export function Rehearsal({ body, planHash, onStale }: RehearsalProps) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const { state, start, cancel } = useRehearsal(body);
  const kept = useKeptRehearsal(planHash);
  useKeeping(state, planHash);
  const startButton = useRef<HTMLButtonElement>(null);
  const running = state.kind === 'running' || state.kind === 'cancelling';
  return (
    <Section title={t('rehearsal.title')}>
      <VisuallyHidden role="status">{useAnnouncement(state)}</VisuallyHidden>
      {kept && <Kept kept={kept} />}
      {!kept && state.kind !== 'done' && <p>{t('rehearsal.what')}</p>}
      <Outcome state={state} planHash={planHash} onStale={onStale} />
      <div className={styles.buttons}>
        <Button
          ref={startButton}
          size="small"
          variant="secondary"
          isPending={running}
          onPress={() => {
            keptRehearsals.forget(planHash);
            start();
          }}
        >
          {!kept && (state.kind === 'idle' || running)
            ? t('rehearsal.start')
            : t('rehearsal.again')}
        </Button>
        {running && (
          <Button
            size="small"
            variant="tertiary"
            isDisabled={state.kind === 'cancelling'}
            onPress={() => {
              cancel();
              // This button goes away; the keyboard stays here.
              startButton.current?.focus();
            }}
          >
            {t('rehearsal.cancel')}
          </Button>
        )}
        {running && (
          <Muted>
            {state.kind === 'running'
              ? t('rehearsal.elapsed', {
                  duration: formatDuration(state.elapsed),
                })
              : t('rehearsal.cancelling')}
          </Muted>
        )}
      </div>
      {(running || state.kind === 'failed') && (
        <RehearsalLog lines={state.lines} />
      )}
    </Section>
  );
}

/** What the migrations themselves fail: they would fail again. */
const ofFiles: ReadonlySet<string> = new Set([
  'MIGRATION_STATEMENT_FAILED',
  'MIGRATION_COMMIT_FAILED',
  'MIGRATION_CONSTRAINT_BROKEN',
  'MIGRATION_ASSERT_FAILED',
]);

function isOfFiles({ code }: DojoFailure): boolean {
  return code !== undefined && ofFiles.has(code);
}

/**
 * Keeps what was rehearsed under the plan that it was made of, which may be another than the one that is shown, and that
 * the one which is shown failed.
 */
function useKeeping(state: RehearsalState, planHash: string): void {
  const hasFailed = state.kind === 'failed' && isOfFiles(state.failure);
  useEffect(() => {
    if (hasFailed) keptRehearsals.fail(planHash);
  }, [hasFailed, planHash]);
  const result = state.kind === 'done' ? state.result : undefined;
  useEffect(() => {
    const rehearsal = result?.plan.shows.rehearsal;
    if (rehearsal) keptRehearsals.keep(result.planHash, rehearsal);
  }, [result]);
}

function Kept({ kept }: { readonly kept: KeptRehearsal }) {
  const { rehearsal, at } = kept;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <>
      <Muted as="p">
        {t('rehearsal.kept', {
          ago: <Ago at={at} />,
          duration: formatDuration(rehearsal.duration),
        })}
      </Muted>
      <RehearsalReport rehearsal={rehearsal} />
    </>
  );
}

function Outcome(props: {
  readonly state: RehearsalState;
  readonly planHash: string;
  readonly onStale: () => void;
}) {
  const { state, planHash, onStale } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  switch (state.kind) {
    case 'cancelled':
      return <Alert status="info" icon title={t('rehearsal.cancelled')} />;
    case 'overdue':
      return <Alert status="warning" icon title={t('rehearsal.overdue')} />;
    case 'failed':
      return isOfFiles(state.failure) ? (
        <Alert
          status="danger"
          icon
          title={sentenceOf(state.failure.message)}
          description={
            state.failure.hint && <Sentence>{state.failure.hint}</Sentence>
          }
        />
      ) : (
        <FailureAlert
          failure={state.failure}
          title={t('rehearsal.failed.title')}
          denied={{
            title: t('rehearsal.failed.denied'),
            hint: t('rehearsal.failed.deniedHint'),
          }}
        />
      );
    case 'done': {
      const { rehearsal } = state.result.plan.shows;
      if (state.result.planHash !== planHash || !rehearsal) {
        return (
          <Alert
            status="warning"
            icon
            title={t('rehearsal.stale.title')}
            description={t('rehearsal.stale.description')}
            customActions={
              <Button size="small" variant="secondary" onPress={onStale}>
                {t('rehearsal.stale.review')}
              </Button>
            }
          />
        );
      }
      return null;
    }
    default:
      return null;
  }
}

function useAnnouncement(state: RehearsalState): string {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  switch (state.kind) {
    case 'running':
      return t('rehearsal.running');
    case 'cancelling':
      return t('rehearsal.cancelling');
    case 'cancelled':
      return t('rehearsal.cancelled');
    case 'overdue':
      return t('rehearsal.overdue');
    case 'failed':
      return isOfFiles(state.failure)
        ? sentenceOf(state.failure.message)
        : t('rehearsal.failedBecause', { message: state.failure.message });
    case 'done':
      return t('rehearsal.done');
    default:
      return '';
  }
}
