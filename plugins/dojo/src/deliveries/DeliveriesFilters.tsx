import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Select, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { Deliveries, DeliveryFlag } from 'backstage-plugin-dojo-common';
import {
  dojoReactTranslationRef,
  literalText,
} from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';
import { ChoiceFilter } from './ChoiceFilter';
import styles from './deliveries.module.css';
import { type DeliveriesSort, isOwnedView } from './deliveriesView';
import { flagKeys, healthKinds, sortKeys } from './deliveryWords';
import { mostColumns } from './shownEnvironments';
import { TextFilter } from './TextFilter';
import type { DeliveriesAddress } from './useDeliveriesView';
import { shortRef } from './useFilterWords';
import { useOwners } from './useOwners';

/** Whose rows, which of them, and in which order: each choice goes to the address. */
export function DeliveriesFilters(props: {
  readonly address: DeliveriesAddress;
  /** Whether all is shown where the address asks for what is owned. */
  readonly ownsNothing: boolean;
  readonly counts: Deliveries['counts'] | undefined;
  /** Every one that is configured. */
  readonly environments: readonly string[];
  /** Those that have a column. */
  readonly shown: readonly string[];
}) {
  const { address, ownsNothing, counts, environments, shown } = props;
  const { view, change } = address;
  const { t } = useTranslationRef(dojoTranslationRef);
  const { t: tKit } = useTranslationRef(dojoReactTranslationRef);
  const owners = useOwners();
  const names = environments.map(name => ({
    value: name,
    label: literalText(name),
  }));
  return (
    <div className={styles.filters} role="search">
      <div className={styles.filterRow}>
        <ToggleButtonGroup
          aria-label={t('deliveries.filters.scope')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[isOwnedView(view) && !ownsNothing ? 'owned' : 'all']}
          onSelectionChange={([scope]) =>
            change({ scope, ...(scope === 'owned' && { owner: undefined }) })
          }
        >
          <ToggleButton id="owned" isDisabled={ownsNothing}>
            {t('deliveries.filters.owned')}
          </ToggleButton>
          <ToggleButton id="all">{t('deliveries.filters.all')}</ToggleButton>
        </ToggleButtonGroup>
        <TextFilter
          className={styles.search}
          label={t('deliveries.filters.text')}
          value={view.q ?? ''}
          maxLength={200}
          onChange={q => change({ q: q || undefined }, { replace: true })}
        />
      </div>
      <div className={styles.choices}>
        <ChoiceFilter
          label={t('deliveries.filters.owner')}
          anyLabel={t('deliveries.filters.anyOwner')}
          isSearchable
          options={owners.map(ref => ({ value: ref, label: shortRef(ref) }))}
          value={view.owner}
          onChange={owner => change({ owner, ...(owner && { scope: 'all' }) })}
        />
        <ChoiceFilter
          label={t('deliveries.filters.environment')}
          anyLabel={t('deliveries.filters.anyEnvironment')}
          options={names}
          value={view.environment}
          onChange={environment => change({ environment })}
        />
        <ChoiceFilter
          label={t('deliveries.filters.state')}
          anyLabel={t('deliveries.filters.anyState')}
          options={healthKinds.map(value => ({
            value,
            label: tKit(`healthMark.${value}`),
          }))}
          value={view.state}
          onChange={state => change({ state })}
        />
        <ChoiceFilter<DeliveriesSort>
          label={t('deliveries.filters.sort')}
          options={Object.entries(sortKeys).map(([value, key]) => ({
            value: value as DeliveriesSort,
            label: t(key),
          }))}
          value={view.sort ?? 'attention'}
          onChange={sort =>
            change({
              sort: sort === 'attention' ? undefined : sort,
              order: undefined,
            })
          }
        />
        {environments.length > mostColumns && (
          <Select
            label={t('deliveries.filters.columns')}
            size="small"
            selectionMode="multiple"
            options={names}
            value={[...shown]}
            onChange={keys =>
              change({
                columns: keys.length > 0 ? keys.map(String) : undefined,
              })
            }
          />
        )}
      </div>
      <FlagFilter
        counts={counts}
        value={view.flag}
        onChange={flag => change({ flag })}
      />
    </div>
  );
}

/** What somebody may want to see alone, each with how many there are: always the same ones at the same places. */
function FlagFilter(props: {
  readonly counts: Deliveries['counts'] | undefined;
  readonly value: DeliveryFlag | undefined;
  readonly onChange: (flag: DeliveryFlag | undefined) => void;
}) {
  const { counts, value, onChange } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  return (
    <ToggleButtonGroup
      className={styles.flags}
      aria-label={t('deliveries.filters.flag')}
      selectionMode="single"
      selectedKeys={value ? [value] : []}
      onSelectionChange={([flag]) => onChange(flag as DeliveryFlag | undefined)}
    >
      {(Object.keys(flagKeys) as DeliveryFlag[]).map(flag => (
        <ToggleButton key={flag} id={flag}>
          {counts
            ? t('deliveries.flagCount', {
                flag: t(flagKeys[flag]),
                number: String(counts[flag]),
              })
            : t(flagKeys[flag])}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
