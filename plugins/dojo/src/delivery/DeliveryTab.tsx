import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { dojoAnnotations } from 'backstage-plugin-dojo-common';
import { AnnouncementRegion } from './changes/AnnouncementRegion';
import { DeliveryFailureView } from './DeliveryFailureView';
import { DeliverySkeleton } from './DeliverySkeleton';
import { DeliveryView } from './DeliveryView';
import { NotSetUp } from './NotSetUp';
import { useDelivery } from './useDelivery';
import styles from './delivery.module.css';

/** The Delivery tab of the entity around it. */
export function DeliveryTab() {
  const { entity } = useEntity();
  const component = stringifyEntityRef(entity);
  const { state, reload, refresh, isRefreshing } = useDelivery(component);
  const delivery = state.kind === 'loaded' ? state.delivery : undefined;
  return (
    <div className={styles.page} data-dojo="delivery">
      <AnnouncementRegion
        delivery={delivery?.kind === 'delivery' ? delivery : undefined}
      />
      {state.kind === 'loading' && <DeliverySkeleton />}
      {state.kind === 'failed' && (
        <DeliveryFailureView why={state.why} onRetry={reload} />
      )}
      {state.kind === 'loaded' && state.failure && (
        <DeliveryFailureView why={state.failure} onRetry={reload} />
      )}
      {delivery?.kind === 'not-set-up' && (
        <NotSetUp notSetUp={delivery} entity={entity} />
      )}
      {delivery?.kind === 'delivery' && (
        <DeliveryView
          key={component}
          delivery={delivery}
          image={entity.metadata.annotations?.[dojoAnnotations.image]}
          isRefreshing={isRefreshing}
          onRefresh={refresh}
        />
      )}
    </div>
  );
}
