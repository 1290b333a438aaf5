import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select } from '@backstage/ui';
import { dojoTranslationRef } from '../../translation';
import type { HistoryFilter } from './useHistory';
import styles from './History.module.css';

const kinds = [
  'release',
  'deployment',
  'migration',
  'restore',
  'rejection',
  'failure',
] as const;
const all = 'all';

/** Chooses the entries by kind and by environment. */
export function HistoryFilters(props: {
  readonly environments: readonly string[];
  readonly filter: HistoryFilter;
  readonly onChange: (filter: HistoryFilter) => void;
}) {
  const { environments, filter, onChange } = props;
  const { kind, environment } = filter;
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <div className={styles.filters}>
      <Select
        size="small"
        aria-label={t('delivery.history.kind')}
        options={[
          { value: all, label: t('delivery.history.allKinds') },
          ...kinds.map(value => ({
            value,
            label: t(`delivery.history.kinds.${value}`),
          })),
        ]}
        value={kind ?? all}
        onChange={key =>
          onChange({ environment, kind: kinds.find(value => value === key) })
        }
      />
      {environments.length > 0 && (
        <Select
          size="small"
          aria-label={t('delivery.history.environment')}
          options={[
            { value: all, label: t('delivery.history.allEnvironments') },
            ...environments.map(value => ({ value, label: value })),
          ]}
          value={environment ?? all}
          onChange={key =>
            onChange({
              kind,
              environment: environments.find(value => value === key),
            })
          }
        />
      )}
    </div>
  );
}
