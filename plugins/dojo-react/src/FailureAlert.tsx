import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type { DojoFailure } from './dojoFailure';
import { Sentence } from './Sentence';
import { sentenceOf } from './sentenceOf';
import { dojoReactTranslationRef } from './translation';

/** Why something is not there, what to do, and a way to try again where that may help, else one to change what was asked. */
export function FailureAlert(props: {
  readonly failure: DojoFailure;
  readonly title: string;
  /** What is said instead of `title` where the reader has not the permission; `hint` where the backend gives none. */
  readonly denied: { readonly title: string; readonly hint: string };
  readonly onRetry?: () => void;
  /** Leads to what was chosen; offered where asking for the same again cannot help. */
  readonly onChange?: () => void;
}) {
  const { failure, denied, onRetry, onChange } = props;
  const { t } = useTranslationRef(dojoReactTranslationRef);
  if (failure.code === 'SESSION_EXPIRED') {
    return (
      <Alert
        status="warning"
        icon
        title={<Sentence>{sentenceOf(failure.message)}</Sentence>}
        description={failure.hint}
        customActions={<Act text={t('failureAlert.signIn')} onPress={signIn} />}
      />
    );
  }
  const hint = failure.hint ?? (failure.denied ? denied.hint : undefined);
  return (
    <Alert
      status={failure.denied ? 'warning' : 'danger'}
      icon
      title={failure.denied ? denied.title : props.title}
      description={
        <>
          <Sentence>{sentenceOf(failure.message)}</Sentence>
          {hint && <Sentence>{hint}</Sentence>}
        </>
      }
      customActions={
        <Act
          text={t(
            failure.mayPass ? 'failureAlert.retry' : 'failureAlert.change',
          )}
          onPress={failure.mayPass ? onRetry : onChange}
        />
      }
    />
  );
}

/** The app signs in before it shows any page, then the one of the address. */
function signIn() {
  window.location.reload();
}

function Act(props: {
  readonly text: string;
  readonly onPress: (() => void) | undefined;
}) {
  if (!props.onPress) return null;
  return (
    <Button size="small" variant="secondary" onPress={props.onPress}>
      {props.text}
    </Button>
  );
}
