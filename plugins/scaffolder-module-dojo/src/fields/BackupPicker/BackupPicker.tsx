import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Radio, RadioGroup, VisuallyHidden } from '@backstage/ui';
import type {
  DojoClient,
  DojoRequestOptions,
  MigrationPlanBody,
  ShownBackup,
} from 'backstage-plugin-dojo-common';
import {
  clockTime,
  FailureAlert,
  formatBytes,
  Muted,
  useAnswer,
} from 'backstage-plugin-dojo-react';
import { shortId } from '../../components/MigrationPlanReview/shortId';
import { scaffolderDojoTranslationRef } from '../../translation';
import { useMay } from '../access/useMay';
import { componentIn, textIn } from '../componentIn';
import type { BackupPickerProps } from './schema';

/** As a link may say it: the newest that no restore made. */
const latest = 'latest';

const planRestore = async (
  client: DojoClient,
  place: Pick<MigrationPlanBody, 'component' | 'environment'>,
  options: DojoRequestOptions,
) => {
  const body = { ...place, operation: 'restore' } as const;
  return (await client.planMigration(body, options)).plan.shows.backups;
};

/**
 * A backup of the database that the form names so far, with its time, level and size; the newest that no restore made,
 * unless one is chosen. One of an old link that is gone is shown by its id, so that it is not lost in silence.
 */
export function BackupPicker(props: BackupPickerProps) {
  const { schema, uiSchema, required, rawErrors, onChange } = props;
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
  const named = props.formData === latest ? undefined : props.formData;
  const chosen = named || backups.find(({ isReplaced }) => !isReplaced)?.id;
  const isGone = named && !backups.some(({ id }) => id === named);
  return (
    <div aria-busy={state.kind === 'loading'}>
      <VisuallyHidden role="status">
        {state.kind === 'loading' ? t('backupPicker.loading') : ''}
      </VisuallyHidden>
      <RadioGroup
        label={uiSchema['ui:title'] ?? schema.title}
        description={uiSchema['ui:description'] ?? schema.description}
        isRequired={required}
        isInvalid={rawErrors.length > 0}
        isDisabled={props.disabled || props.readonly}
        value={chosen ?? null}
        onChange={onChange}
      >
        {backups.map(backup => (
          <Radio key={backup.id} value={backup.id}>
            {labelOf(backup)}
          </Radio>
        ))}
        {isGone && <Radio value={named}>{named}</Radio>}
      </RadioGroup>
      {state.kind === 'loaded' && backups.length === 0 && (
        <Muted as="p">{t('backupPicker.none')}</Muted>
      )}
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
    </div>
  );
}

function useBackupLabel() {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return ({ at, head, bytes, isReplaced, isDatabase }: ShownBackup) => {
    const time = clockTime(at);
    const isToday = /^\d\d:\d\d$/.test(time);
    const words = {
      time: isToday ? t('backupPicker.today', { time }) : time,
      level: head ? shortId(head) : t('migrationReview.noMigration'),
      size: formatBytes(bytes),
    };
    if (isDatabase) return t('backupPicker.current', words);
    return isReplaced
      ? t('backupPicker.replaced', words)
      : t('backupPicker.backup', words);
  };
}
