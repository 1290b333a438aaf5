import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EnvironmentMeasures } from 'backstage-plugin-dojo-common';
import { formatSpan, Muted } from 'backstage-plugin-dojo-react';
import { DateTime } from 'luxon';
import { dojoTranslationRef } from '../../translation';
import type { DeliveryAnswer } from '../deliveryAnswer';
import { BarChart } from './BarChart';
import { FailedList } from './FailedList';
import { Figure } from './Figure';
import { LineChart } from './LineChart';
import { RecoveryFigure } from './RecoveryFigure';
import { useDeployments } from './useDeployments';
import { perWeek } from './perWeek';
import styles from './Measures.module.css';

/** Below so many values a line says more than is known. */
const fewestOfLine = 3;

/** The four figures of one environment, each with its rule. */
export function EnvironmentFigures(props: {
  readonly measures: EnvironmentMeasures;
  readonly delivery: DeliveryAnswer;
}) {
  const { measures, delivery } = props;
  const { environment, days, deployments, leadTime, failures, rules } =
    measures;
  const { t } = useTranslationRef(dojoTranslationRef);
  const entries = useDeployments({
    component: delivery.component,
    environment,
    wanted: failures.list.length + measures.recovery.open.length > 0,
  });
  const notCounted = useNotCounted(deployments);
  const there = delivery.environments.find(({ name }) => name === environment);
  if (deployments.count === 0) {
    return (
      <p>
        {there?.wanted.kind === 'version'
          ? t('delivery.measures.noneInWindow', {
              environment,
              days: `${days}`,
            })
          : t('delivery.measures.noneYet', { environment })}
      </p>
    );
  }
  const weeks = perWeek(deployments.perDay);
  const leadTimes = leadTime.perWeek.map(({ medianMs }) => medianMs);
  return (
    <>
      <div className={styles.figures}>
        <Figure
          name={t('delivery.measures.deployments.name')}
          value={t('delivery.measures.deployments.value', {
            count: deployments.count,
          })}
          detail={notCounted}
          rule={rules.deployments}
        >
          <BarChart
            values={weeks}
            label={t('delivery.measures.deployments.chart', {
              values: weeks.join(', '),
            })}
          />
        </Figure>
        <Figure
          name={t('delivery.measures.leadTime.name')}
          value={
            leadTime.medianMs === undefined
              ? t('delivery.measures.leadTime.unknown')
              : formatSpan(leadTime.medianMs)
          }
          detail={sentence(
            leadTime.medianMs !== undefined &&
              t('delivery.measures.leadTime.median', {
                count: leadTime.commits,
              }),
            measures.excluded.first > 0 &&
              t('delivery.measures.leadTime.first'),
          )}
          rule={rules.leadTime}
        >
          {leadTimes.filter(value => value !== undefined).length >=
            fewestOfLine && (
            <LineChart
              values={leadTimes}
              label={t('delivery.measures.leadTime.chart', {
                values: leadTimes
                  .map(value => (value === undefined ? '–' : formatSpan(value)))
                  .join(', '),
              })}
            />
          )}
        </Figure>
        <Figure
          name={t('delivery.measures.failures.name')}
          value={t('delivery.measures.failures.value', {
            failed: `${failures.failed}`,
            of: `${failures.of}`,
          })}
          rule={rules.failures}
        >
          <FailedList failures={failures.list} entries={entries} />
        </Figure>
        <RecoveryFigure measures={measures} entries={entries} />
      </div>
      <Window measures={measures} />
    </>
  );
}

/** What is said after a figure, which begins its sentence; empty where nothing is. */
function sentence(...parts: readonly (string | false)[]): string {
  const said = parts.filter(Boolean).join('; ');
  return said && `${said}.`;
}

/** `2 rollbacks and 1 configuration change are not counted.`; empty where there are none. */
function useNotCounted({
  rollbacks,
  configuration,
}: EnvironmentMeasures['deployments']): string {
  const { t } = useTranslationRef(dojoTranslationRef);
  const parts = [
    rollbacks > 0 &&
      t('delivery.measures.deployments.rollbacks', { count: rollbacks }),
    configuration > 0 &&
      t('delivery.measures.deployments.configuration', {
        count: configuration,
      }),
  ].filter(Boolean);
  if (parts.length === 0) return '';
  const what = parts.join(t('delivery.environment.and'));
  return rollbacks + configuration === 1
    ? t('delivery.measures.deployments.notCountedOne', { what })
    : t('delivery.measures.deployments.notCounted', { what });
}

/** Since when it is counted, where the history is shorter than what was asked for. */
function Window({ measures }: { readonly measures: EnvironmentMeasures }) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const from = DateTime.fromISO(measures.from);
  const asked = DateTime.fromISO(measures.to).minus({ days: measures.days });
  // The window begins with a whole day.
  if (from.diff(asked, 'days').days <= 1) return null;
  return (
    <Muted as="p">
      {t('delivery.measures.since', { date: from.toFormat('d LLL') })}
    </Muted>
  );
}
