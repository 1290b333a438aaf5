import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import type { DeploymentPlan } from 'backstage-plugin-dojo-common';
import { Ago, Sentence } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';
import type { DeploymentVerdict } from './deploymentVerdict';

/** Says so where a plan does not run, or not at once: nothing to do, refused, frozen, or for somebody else to merge. */
export function VerdictAlert(props: {
  readonly plan: DeploymentPlan;
  readonly verdict: DeploymentVerdict;
  readonly onReplan: () => void;
}) {
  const { plan, verdict } = props;
  const { component: name, environment, mode } = plan.decides;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  switch (verdict.kind) {
    case 'nothing':
      return <Alert status="success" icon title={plan.shows.reason} />;
    case 'refused':
      return (
        <Alert
          status="danger"
          icon
          title={t('deploymentReview.refused.title', { count: verdict.count })}
          description={
            <>
              <Sentence>
                {t('deploymentReview.refused.description', { environment })}
              </Sentence>
              {!plan.shows.from && (
                <Sentence>
                  {t('deploymentReview.refused.first', { environment, name })}
                </Sentence>
              )}
            </>
          }
          customActions={
            <Button size="small" variant="secondary" onPress={props.onReplan}>
              {t('deploymentReview.refused.again')}
            </Button>
          }
        />
      );
    case 'frozen':
      return (
        <Alert
          status="warning"
          icon
          title={t('deploymentReview.frozen.title', { environment })}
          description={<Frozen frozen={verdict.frozen} />}
        />
      );
    default:
      return mode === 'pull-request' ? (
        <Alert
          status="info"
          icon
          title={t('deploymentReview.request.title', { environment })}
        />
      ) : null;
  }
}

function Frozen(props: {
  readonly frozen: { readonly window: string; readonly until: string };
}) {
  const { window, until } = props.frozen;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  // A window without an end says in words until when.
  const hasEnd = !Number.isNaN(Date.parse(until));
  return (
    <>
      <Sentence>
        {hasEnd
          ? t('deploymentReview.frozen.until', { time: <Ago at={until} /> })
          : t('deploymentReview.frozen.when', { until })}
      </Sentence>
      <Sentence>
        {t('deploymentReview.frozen.description', { window })}
      </Sentence>
    </>
  );
}
