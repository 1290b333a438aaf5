import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { type DeliveryAction, idleCodes } from 'backstage-plugin-dojo-common';
import { dojoTranslationRef } from '../../translation';
import { ActionButtons } from '../ActionButton';
import { Fold } from '../Fold';
import styles from './Pipeline.module.css';

/** What is done most first; what is rarely done last. */
const order: readonly DeliveryAction['id'][] = [
  'merge',
  'roll-back',
  'release',
  'ship',
  'promote',
  'deploy',
  'migrate',
  'set-up',
  'reject',
  'restore',
  'rebuild-caches',
];

/** What nobody looks for on an ordinary day. */
const rare: ReadonlySet<DeliveryAction['id']> = new Set([
  'reject',
  'restore',
  'rebuild-caches',
]);

/**
 * The verbs of one stage, those that are ready before those that a rule holds back. One that has nothing to do is left out,
 * and what is rarely done is folded.
 */
export function StageActions(props: {
  readonly actions: readonly DeliveryAction[];
}) {
  const { t } = useTranslationRef(dojoTranslationRef);
  const place = ({ id, state }: DeliveryAction) =>
    order.indexOf(id) + (state === 'ready' ? 0 : order.length);
  const actions = props.actions
    .filter(({ state }) => state === 'ready' || !idleCodes.includes(state.code))
    .sort((one, other) => place(one) - place(other));
  if (actions.length === 0) return null;
  const isRare = ({ id, state }: DeliveryAction) =>
    rare.has(id) ||
    // Of several ways back, those that lead nowhere.
    (id === 'roll-back' &&
      state !== 'ready' &&
      actions.some(each => each.id === id && each.state === 'ready'));
  const folded = actions.filter(isRare);
  return (
    <div className={styles.actions}>
      <ActionButtons actions={actions.filter(each => !isRare(each))} />
      {folded.length > 0 && (
        <Fold summary={t('delivery.moreVerbs')}>
          <div className={styles.actions}>
            <ActionButtons actions={folded} />
          </div>
        </Fold>
      )}
    </div>
  );
}
