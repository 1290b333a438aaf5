import type { DeliveryWhere } from 'backstage-plugin-dojo-common';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { AttentionList } from './AttentionList';
import type { DeliveryAnswer } from './deliveryAnswer';
import { DeliveryHeader } from './DeliveryHeader';
import { environmentInHash } from './environmentAnchor';
import { History } from './history/History';
import { Measures } from './measures/Measures';
import { Pipeline } from './pipeline/Pipeline';
import { RunningList } from './RunningList';
import { SourceNotes } from './SourceNotes';
import styles from './delivery.module.css';

/** The whole picture of a component: what needs somebody, what is where, what happened, and the four figures. */
export function DeliveryView(props: {
  readonly delivery: DeliveryAnswer;
  readonly image: string | undefined;
  readonly isRefreshing: boolean;
  readonly onRefresh: () => void;
}) {
  const { delivery } = props;
  const { hash } = useLocation();
  const [where, setWhere] = useState<DeliveryWhere>();

  useEffect(() => {
    const card = document.getElementById(environmentInHash(hash));
    card?.scrollIntoView({ block: 'center' });
    card?.focus({ preventScroll: true });
  }, [hash]);

  return (
    <>
      <DeliveryHeader {...props} />
      <SourceNotes sources={delivery.sources} />
      <RunningList runs={delivery.running} />
      <AttentionList delivery={delivery} />
      <Pipeline delivery={delivery} where={where} />
      <div className={styles.columns}>
        <History delivery={delivery} where={where} onFound={setWhere} />
        {delivery.environments.length > 0 && <Measures delivery={delivery} />}
      </div>
    </>
  );
}
