import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Skeleton, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { FailureAlert, Muted } from 'backstage-plugin-dojo-react';
import { useState } from 'react';
import { dojoTranslationRef } from '../../translation';
import type { DeliveryAnswer } from '../deliveryAnswer';
import { Panel } from '../Panel';
import { EnvironmentFigures } from './EnvironmentFigures';
import { useMeasures } from './useMeasures';
import styles from './Measures.module.css';

const windows = [30, 90] as const;

/** The four measures over 30 or 90 days, of one environment at a time. */
export function Measures(props: { readonly delivery: DeliveryAnswer }) {
  const { delivery } = props;
  const { component, generation } = delivery;
  const { t } = useTranslationRef(dojoTranslationRef);
  const [days, setDays] = useState<30 | 90>(30);
  const [chosen, setChosen] = useState<string>();
  const { measures, failure, retry } = useMeasures({
    component,
    days,
    generation,
  });
  const all = measures?.environments ?? [];
  const shown =
    all.find(({ environment }) => environment === chosen) ?? all.at(0);
  return (
    <Panel
      title={
        shown
          ? t('delivery.measures.titleOf', { environment: shown.environment })
          : t('delivery.measures.title')
      }
      controls={
        <div className={styles.choices}>
          {all.length > 1 && shown && (
            <OneOf
              label={t('delivery.measures.environment')}
              options={all.map(({ environment }) => ({
                id: environment,
                label: environment,
              }))}
              value={shown.environment}
              onChange={setChosen}
            />
          )}
          <OneOf
            label={t('delivery.measures.window')}
            options={windows.map(id => ({
              id: `${id}`,
              label: t('delivery.measures.days', { days: `${id}` }),
            }))}
            value={`${days}`}
            onChange={id => setDays(id === '90' ? 90 : 30)}
          />
        </div>
      }
    >
      {failure && (
        <FailureAlert
          failure={failure}
          title={t('delivery.measures.failed')}
          denied={{
            title: t('delivery.absent.title'),
            hint: t('delivery.absent.hint'),
          }}
          onRetry={retry}
        />
      )}
      {!measures && !failure && (
        <div aria-busy="true" role="status" aria-label={t('delivery.loading')}>
          <Skeleton width="100%" height={120} />
        </div>
      )}
      {measures && !shown && (
        <Muted as="p">{t('delivery.measures.none')}</Muted>
      )}
      {shown && <EnvironmentFigures measures={shown} delivery={delivery} />}
    </Panel>
  );
}

/** One of a few, all in sight. */
function OneOf(props: {
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  return (
    <ToggleButtonGroup
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.value]}
      onSelectionChange={keys => {
        const [key] = keys;
        if (key !== undefined) props.onChange(String(key));
      }}
    >
      {props.options.map(({ id, label }) => (
        <ToggleButton key={id} id={id} size="small">
          {label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
