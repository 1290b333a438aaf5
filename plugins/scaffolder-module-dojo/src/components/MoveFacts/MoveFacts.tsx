import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DeliveryMoveQuery,
  DeploymentResult,
  DojoClient,
  DojoRequestOptions,
  MovedChanges,
} from 'backstage-plugin-dojo-common';
import {
  type AnswerState,
  Badge,
  literalText,
  Muted,
  Section,
  useAnswer,
} from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import styles from './MoveFacts.module.css';

interface Question extends DeliveryMoveQuery {
  readonly component: string;
}

const askForMove = (
  client: DojoClient,
  { component, ...query }: Question,
  options: DojoRequestOptions,
) => client.getDeliveryMove(component, query, options);

/** Which changes a planned version brings and takes away, what comes of the database, and who lands it. */
export function MoveFacts(props: {
  /** Entity ref. */
  readonly component: string;
  readonly state: AnswerState<DeploymentResult>;
}) {
  const { component, state } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const move = useAnswer(questionOf(component, state), askForMove).state;
  if (move.kind === 'failed') return <Muted as="p">{t('move.failed')}</Muted>;
  if (move.kind !== 'loaded') return null;
  const { comes, leaves, database, landing, isBelow } = move.result;
  if (!comes && !leaves && !database && !landing) return null;
  return (
    <Section title={t('move.title')}>
      <div className={styles.facts}>
        {leaves && <Changes title={t('move.leaves')} changes={leaves} isOpen />}
        {comes && (
          <Changes title={t('move.comes')} changes={comes} isOpen={!isBelow} />
        )}
        {database && <p>{literalText(database)}</p>}
        {landing && <p>{literalText(landing)}</p>}
      </div>
    </Section>
  );
}

/** Nothing is asked of an overlay alone, or of a version that nothing is called. */
function questionOf(
  component: string,
  state: AnswerState<DeploymentResult>,
): Question | undefined {
  if (state.kind !== 'loaded') return undefined;
  const { kind, decides, shows } = state.result.plan;
  const from = shows.from?.tag;
  const version = decides.version?.tag;
  if (kind !== 'deploy' || version === undefined) return undefined;
  return {
    component,
    environment: decides.environment,
    version,
    ...(from !== undefined && { from }),
    ...(decides.intent === 'rollback' && { rollback: 'true' }),
  };
}

function Changes(props: {
  readonly title: string;
  readonly changes: MovedChanges;
  readonly isOpen: boolean;
}) {
  const { title, changes, isOpen } = props;
  const { count, sentence, commits, omitted } = changes;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const list = (
    <ul className={styles.changes} aria-label={title}>
      {commits.map(({ sha, subject, breaking }) => (
        <li key={sha}>
          {literalText(subject)}
          {breaking && (
            <>
              {' '}
              <Badge tone="negative">{t('move.breaking')}</Badge>
            </>
          )}
        </li>
      ))}
      {omitted > 0 && <li>{t('move.omitted', { count: omitted })}</li>}
    </ul>
  );
  return (
    <div>
      <p className={styles.sentence}>{literalText(sentence)}</p>
      {isOpen && count > 1 && list}
      {!isOpen && (
        <details>
          <summary>{t('move.show', { count })}</summary>
          {list}
        </details>
      )}
    </div>
  );
}
