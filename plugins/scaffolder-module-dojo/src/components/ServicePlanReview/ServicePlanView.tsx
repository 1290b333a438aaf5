import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type {
  PlannedOverlay,
  ServiceResult,
} from 'backstage-plugin-dojo-common';
import {
  FactList,
  Headline,
  literalText,
  Mono,
  Section,
  Sentence,
  shortPlanHash,
  Warnings,
} from 'backstage-plugin-dojo-react';
import type { ReactNode } from 'react';
import { scaffolderDojoTranslationRef } from '../../translation';
import styles from '../PlanReview/PlanReview.module.css';

/** A computed plan of a new service: what is made, in order, each part with its own hash; or what stands against it. */
export function ServicePlanView({
  result,
}: {
  readonly result: ServiceResult;
}) {
  const { plan, state, problems } = result;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const runs = problems.length === 0;
  return (
    <div className={styles.stack}>
      <Headline title={runs ? plan.shows.reason : t('serviceReview.refused')}>
        {runs && t('serviceReview.facts')}
      </Headline>
      {problems.map(({ code, field, message, hint }) => (
        <Alert
          key={`${field} ${code} ${message}`}
          status="danger"
          icon
          title={literalText(message)}
          description={hint && <Sentence>{literalText(hint)}</Sentence>}
        />
      ))}
      {runs && state !== 'missing' && (
        <Alert status="info" icon title={t('serviceReview.finishes')} />
      )}
      <Warnings texts={plan.shows.warnings} />
      {runs && (
        <>
          <RepositoryPart plan={plan} />
          <OverlaysPart plan={plan} />
          <ReleasePart plan={plan} />
        </>
      )}
    </div>
  );
}

interface PartProps {
  readonly plan: ServiceResult['plan'];
}

function RepositoryPart({ plan }: PartProps) {
  const { values } = plan.repository.decides;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const { files } = plan.shows;
  return (
    <Section title={t('serviceReview.repository.title')}>
      <FactList
        facts={[
          hashFact(t('serviceReview.plan'), plan.repository.planHash),
          [
            t('serviceReview.repository.address'),
            <Mono>{values.repository}</Mono>,
          ],
          [
            t('serviceReview.repository.files'),
            files === undefined ? undefined : String(files),
          ],
          [
            t('serviceReview.repository.component'),
            <Mono>{plan.component}</Mono>,
          ],
          [t('serviceReview.repository.owner'), <Mono>{values.owner}</Mono>],
          [t('serviceReview.repository.image'), <Mono>{values.image}</Mono>],
        ]}
      />
    </Section>
  );
}

function OverlaysPart({ plan }: PartProps) {
  const { infra, overlays } = plan.overlays.decides;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <Section title={t('serviceReview.overlays.title')}>
      <FactList
        facts={[
          hashFact(t('serviceReview.plan'), plan.overlays.planHash),
          [t('serviceReview.overlays.infra'), <Mono>{infra}</Mono>],
          ...overlays.map((overlay): readonly [string, ReactNode] => [
            overlay.environment,
            <Overlay overlay={overlay} />,
          ]),
        ]}
      />
    </Section>
  );
}

function Overlay({ overlay }: { readonly overlay: PlannedOverlay }) {
  const { folder, host, storage, version, mode } = overlay;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const parts = [
    version === undefined
      ? t('serviceReview.overlays.prepared')
      : t('serviceReview.overlays.deploys', { version }),
    host === undefined
      ? t('serviceReview.overlays.noHost')
      : t('serviceReview.overlays.host', { host }),
    ...(storage ? [t('serviceReview.overlays.storage', storage)] : []),
    ...(mode === 'pull-request' ? [t('serviceReview.overlays.waits')] : []),
  ];
  return (
    <>
      <Mono>{folder}</Mono>: {parts.join(', ')}
    </>
  );
}

function ReleasePart({ plan }: PartProps) {
  const { version, tag, migrates, deploys } = plan.release.decides;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  return (
    <Section title={t('serviceReview.release.title')}>
      <FactList
        facts={[
          hashFact(t('serviceReview.plan'), plan.release.planHash),
          [t('serviceReview.release.version'), version],
          [t('serviceReview.release.tag'), <Mono>{tag}</Mono>],
          [t('serviceReview.release.migrates'), migrates],
          [t('serviceReview.release.deploys'), deploys],
        ]}
      />
    </Section>
  );
}

function hashFact(
  name: string,
  planHash: string,
): readonly [string, ReactNode] {
  return [name, <Mono>{shortPlanHash(planHash)}</Mono>];
}
