import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DojoClient,
  DojoRequestOptions,
  MigrationPlanBody,
  ShownBackup,
} from 'backstage-plugin-dojo-common';
import {
  FailureAlert,
  formatBytes,
  formatTime,
  useAnswer,
} from 'backstage-plugin-dojo-react';
import { ChoiceSelect } from '../../components/ChoiceSelect/ChoiceSelect';
import { shortId } from '../../components/MigrationPlanReview/shortId';
import { scaffolderDojoTranslationRef } from '../../translation';
import { useMay } from '../access/useMay';
import { componentIn, textIn } from '../componentIn';
import type { BackupPickerProps } from './schema';

const latest = 'latest';

const planRestore = async (
  client: DojoClient,
  place: Pick<MigrationPlanBody, 'component' | 'environment'>,
  options: DojoRequestOptions,
) => {
  const body = { ...place, operation: 'restore' } as const;
  return (await client.planMigration(body, options)).plan.shows.backups;
};

/** A backup of the database that the form names so far, with its age, level and size; the latest unless one is chosen. */
export function BackupPicker(props: BackupPickerProps) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const labelOf = useBackupLabel();
  const component = componentIn(props.formContext);
  const environment = textIn(props.formContext, 'environment');
  const may = useMay('restore', { component, environment });
  const { state, retry } = useAnswer(
    may === 'yes' && component && environment
      ? { component, environment }
      : undefined,
    planRestore,
  );
  const backups = state.kind === 'loaded' ? state.result : [];
  return (
    <>
      <ChoiceSelect
        field={props}
        choices={[
          { value: latest, label: t('backupPicker.latest') },
          ...backups.map(backup => ({
            value: backup.id,
            label: labelOf(backup),
          })),
        ]}
        value={props.formData || latest}
        isPending={state.kind === 'loading'}
      />
      {state.kind === 'failed' && (
        <FailureAlert
          failure={state.failure}
          title={t('backupPicker.failed')}
          denied={{
            title: t('plan.failure.denied'),
            hint: t('plan.failure.deniedHint'),
          }}
          onRetry={retry}
        />
      )}
    </>
  );
}

function useBackupLabel() {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return ({ at, head, bytes, isReplaced, isDatabase }: ShownBackup) => {
    const words = {
      time: formatTime(at),
      level: head ? shortId(head) : t('migrationReview.noMigration'),
      size: formatBytes(bytes),
    };
    if (isDatabase) return t('backupPicker.current', words);
    return isReplaced
      ? t('backupPicker.replaced', words)
      : t('backupPicker.backup', words);
  };
}
