import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeliveryWhere } from 'backstage-plugin-dojo-common';
import { dojoTranslationRef } from '../../translation';
import styles from './Pipeline.module.css';

/** Whether an environment has what somebody looks for; nothing where nobody does. */
export function ContainsMark(props: {
  readonly name: string;
  readonly where: DeliveryWhere | undefined;
}) {
  const { name, where } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  if (!where || where.kind === 'not-found') return null;
  const contains =
    where.kind === 'in'
      ? where.environments.find(each => each.name === name)?.contains ??
        'unknown'
      : false;
  const kind = kindOf(contains);
  return (
    <p className={styles.contains} data-contains={kind}>
      <span aria-hidden="true">
        {{ yes: '✓', no: '–', unknown: '?' }[kind]}
      </span>{' '}
      {t(`delivery.find.${kind}`)}
    </p>
  );
}

function kindOf(contains: boolean | 'unknown'): 'yes' | 'no' | 'unknown' {
  if (contains === 'unknown') return contains;
  return contains ? 'yes' : 'no';
}
