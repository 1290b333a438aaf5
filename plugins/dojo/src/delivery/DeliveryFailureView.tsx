import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { FailureAlert } from 'backstage-plugin-dojo-react';
import { dojoTranslationRef } from '../translation';
import type { DeliveryFailure } from './useDelivery';

/** Why there is no answer, or no new one, and what to do. */
export function DeliveryFailureView(props: {
  readonly why: DeliveryFailure;
  readonly onRetry: () => void;
}) {
  const { why, onRetry } = props;
  const { t } = useTranslationRef(dojoTranslationRef);
  switch (why.kind) {
    case 'absent':
      return (
        <Alert
          status="info"
          icon
          title={t('delivery.absent.title')}
          description={t('delivery.absent.hint')}
        />
      );
    case 'backend-missing':
      return (
        <Alert
          status="danger"
          icon
          title={t('delivery.backendMissing')}
          customActions={
            <Button size="small" variant="secondary" onPress={onRetry}>
              {t('delivery.retry')}
            </Button>
          }
        />
      );
    default:
      return (
        <FailureAlert
          failure={why.failure}
          title={t('delivery.failed')}
          denied={{
            title: t('delivery.absent.title'),
            hint: t('delivery.absent.hint'),
          }}
          onRetry={onRetry}
        />
      );
  }
}
