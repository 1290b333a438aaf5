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
  if (href === undefined) return null;
  if (action.state !== 'ready') {
    return (
      <BlockedActions
        actions={[action]}
        reason={sentenceOf(action.state.sentence)}
      />
    );
  }
  return (
    <ButtonLink
      size="small"
      variant={variant}
      href={href}
      className={styles.action}
    >
      {action.label.sentence}
    </ButtonLink>
  );
}

/** Verbs, each once, in their order; those that one reason holds back stand together, above the reason. */
export function ActionButtons(props: {
  readonly actions: readonly DeliveryAction[];
}) {
  const linkOf = useActionLink();
  const byReason = new Map<string, DeliveryAction[]>();
  for (const action of props.actions) {
    if (linkOf(action) === undefined) continue;
    const reason =
      action.state === 'ready'
        ? `${action.id} ${action.label.sentence}`
        : sentenceOf(action.state.sentence);
    byReason.set(reason, [...(byReason.get(reason) ?? []), action]);
  }
  return (
    <>
      {[...byReason].map(([reason, actions]) =>
        actions[0].state === 'ready' ? (
          <ActionButton key={reason} action={actions[0]} />
        ) : (
          <BlockedActions key={reason} actions={actions} reason={reason} />
        ),
      )}
    </>
  );
}

function BlockedActions(props: {
  readonly actions: readonly DeliveryAction[];
  readonly reason: string;
}) {
  const { actions, reason } = props;
  const id = useId();
  return (
    <div className={styles.blocked}>
      {actions.map(({ label }) => (
        <Button
          key={label.sentence}
          size="small"
          variant="secondary"
          isDisabled
          aria-describedby={id}
          className={styles.action}
        >
          {label.sentence}
        </Button>
      ))}
      <span id={id} className={styles.reason}>
        {reason}
      </span>
    </div>
  );
}
