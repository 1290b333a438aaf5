import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button, Link } from '@backstage/ui';
import type { DeploymentPlan } from 'backstage-plugin-dojo-common';
import {
  Ago,
  literalText,
  Sentence,
  sentenceOf,
} from 'backstage-plugin-dojo-react';
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
              {!plan.shows.from && plan.decides.before === undefined && (
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
    case 'blocked':
      return (
        <Alert
          status="warning"
          icon
          title={t('deploymentReview.blockedBy.title', { environment })}
          description={
            <>
              <Sentence>{sentenceOf(verdict.block.message)}</Sentence>
              <Sentence>{verdict.block.hint}</Sentence>
            </>
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
          description={<OpenRequest url={plan.shows.openRequestUrl} />}
        />
      ) : null;
  }
}

/** The page of the request that is open already; of an address that is none of the web, nothing. */
function OpenRequest({ url }: { readonly url: string | undefined }) {
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (url === undefined || !/^https?:\/\//i.test(url)) return null;
  return (
    <>
      {t('deploymentReview.request.open')}{' '}
      <Link href={url} target="_blank" rel="noopener noreferrer">
        {literalText(url)}
      </Link>
    </>
  );
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
