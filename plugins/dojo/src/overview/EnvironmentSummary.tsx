import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import type { DeliveryEnvironment } from 'backstage-plugin-dojo-common';
import { HealthMark, literalText, Muted } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';
import styles from './overview.module.css';

/** One environment in a line: its name, the version there, how it is, and what waits. */
export function EnvironmentSummary(props: {
  readonly environment: DeliveryEnvironment;
  readonly title: string;
  /** Where its card is, if the app has the page. */
  readonly href: string | undefined;
}) {
  const { environment, title, href } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  const { health, waiting, drift, frozen, database } = environment;
  const running = runningVersion(environment);
  const wanted = wantedVersion(environment);
  const pending =
    database.kind === 'level'
      ? database.pending.length + (database.omitted ?? 0)
      : 0;
  return (
    <li className={styles.environment}>
      <span className={styles.name}>
        {href === undefined ? title : <Link href={href}>{title}</Link>}
      </span>
      {running !== undefined && <strong>{literalText(running)}</strong>}
      {wanted !== undefined && wanted !== running && (
        <Muted>
          {t('overviewCard.wanted', { version: literalText(wanted) })}
        </Muted>
      )}
      <HealthMark kind={health.kind} />
      {waiting && (
        <HealthMark
          kind="waiting"
          word={
            waiting.version === undefined
              ? undefined
              : t('overviewCard.waits', {
                  version: literalText(waiting.version),
                })
          }
        />
      )}
      {drift.kind === 'drifted' && <HealthMark kind="drifted" />}
      {frozen && <HealthMark kind="frozen" />}
      {pending > 0 && (
        <span>{t('overviewCard.pending', { count: pending })}</span>
      )}
    </li>
  );
}

/** What runs there; where nobody looks, what git wants. */
function runningVersion(environment: DeliveryEnvironment): string | undefined {
  const { running } = environment;
  if (running.kind === 'version') return running.version;
  return running.kind === 'not-observed'
    ? wantedVersion(environment)
    : undefined;
}

function wantedVersion({ wanted }: DeliveryEnvironment): string | undefined {
  return wanted.kind === 'version' ? wanted.version : undefined;
}
