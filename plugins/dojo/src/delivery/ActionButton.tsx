import { Button, ButtonLink } from '@backstage/ui';
import type { DeliveryAction } from 'backstage-plugin-dojo-common';
import { sentenceOf } from 'backstage-plugin-dojo-react';
import { useId } from 'react';
import { useActionLink } from './useActionLink';
import styles from './delivery.module.css';

/** A verb as a button that leads to its form. One that a rule holds back stays, disabled, with the reason as text. */
export function ActionButton(props: {
  readonly action: DeliveryAction;
  /** Default: `secondary`. */
  readonly variant?: 'primary' | 'secondary';
}) {
  const { action, variant = 'secondary' } = props;
  const href = useActionLink()(action);
  const reason = useId();
  if (href === undefined) return null;
  const label = action.label.sentence;
  if (action.state === 'ready') {
    return (
      <ButtonLink
        size="small"
        variant={variant}
        href={href}
        className={styles.action}
      >
        {label}
      </ButtonLink>
    );
  }
  return (
    <div className={styles.blocked}>
      <Button
        size="small"
        variant="secondary"
        isDisabled
        aria-describedby={reason}
        className={styles.action}
      >
        {label}
      </Button>
      <span id={reason} className={styles.reason}>
        {sentenceOf(action.state.sentence)}
      </span>
    </div>
  );
}
