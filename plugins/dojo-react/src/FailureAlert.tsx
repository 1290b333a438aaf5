import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type { DojoFailure } from './dojoFailure';
import { Sentence } from './Sentence';
import { dojoReactTranslationRef } from './translation';

/** Why something is not there, what to do, and a way to try again where that may help. */
export function FailureAlert(props: {
  readonly failure: DojoFailure;
  readonly title: string;
  /** What is said instead of `title` where the reader has not the permission; `hint` where the backend gives none. */
  readonly denied: { readonly title: string; readonly hint: string };
  readonly onRetry?: () => void;
}) {
  const { failure, denied, onRetry } = props;
  const { t } = useTranslationRef(dojoReactTranslationRef);
  const hint = failure.hint ?? (failure.denied ? denied.hint : undefined);
  return (
    <Alert
      status={failure.denied ? 'warning' : 'danger'}
      icon
      title={failure.denied ? denied.title : props.title}
      description={
        <>
          <Sentence>{failure.message}</Sentence>
          {hint && <Sentence>{hint}</Sentence>}
        </>
      }
      customActions={
        onRetry && (
          <Button size="small" variant="secondary" onPress={onRetry}>
            {t('failureAlert.retry')}
          </Button>
        )
      }
    />
  );
}
