import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import {
  literalText,
  Muted,
  toDojoFailure,
  useDojoClient,
} from 'backstage-plugin-dojo-react';
import { useState } from 'react';
import { dojoTranslationRef } from '../translation';
import styles from './delivery.module.css';

/** The last lines of what failed, with the name of its object; more of them on request. */
export function AttentionLog(props: {
  readonly component: string;
  readonly environment: string;
  readonly object: string | undefined;
  readonly lines: readonly string[] | undefined;
  /** Whether the reader may see log lines. */
  readonly allowed: boolean;
}) {
  const { component, environment, object, allowed } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  const client = useDojoClient();
  const [more, setMore] = useState<readonly string[]>();
  const [failure, setFailure] = useState<string>();
  const [isPending, setIsPending] = useState(false);
  if (!allowed) return <Muted as="p">{t('delivery.attention.noLog')}</Muted>;

  const show = async () => {
    setIsPending(true);
    setFailure(undefined);
    try {
      const log = await client.getDeliveryLog(component, environment);
      setMore(log.lines);
    } catch (error) {
      setFailure(toDojoFailure(error).message);
    }
    setIsPending(false);
  };
  const lines = more ?? props.lines ?? [];
  return (
    <>
      {(object || lines.length > 0) && (
        <pre className={styles.log}>
          {[...(object ? [object] : []), ...lines].map(literalText).join('\n')}
        </pre>
      )}
      {more === undefined && lines.length > 0 && (
        <div>
          <Button
            size="small"
            variant="tertiary"
            isPending={isPending}
            onPress={show}
          >
            {t('delivery.attention.moreLog')}
          </Button>
        </div>
      )}
      {more?.length === 0 && (
        <Muted as="p">{t('delivery.attention.emptyLog')}</Muted>
      )}
      {failure && <Muted as="p">{literalText(failure)}</Muted>}
    </>
  );
}
