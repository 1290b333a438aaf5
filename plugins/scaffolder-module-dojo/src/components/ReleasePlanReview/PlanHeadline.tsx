import { shortOid } from 'backstage-plugin-dojo-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ReleaseResult } from 'backstage-plugin-dojo-common';
import { Headline, Mono, shortPlanHash } from 'backstage-plugin-dojo-react';
import { scaffolderDojoTranslationRef } from '../../translation';

interface PlanHeadlineProps {
  readonly name: string;
  readonly result: ReleaseResult;
}

/** What the plan is, in one line, and where it starts from. */
export function PlanHeadline(props: PlanHeadlineProps) {
  return (
    <Headline title={useTitle(props)}>
      <Facts result={props.result} />
    </Headline>
  );
}

function useTitle({ name, result }: PlanHeadlineProps): string {
  const { release, finish } = result.plan.decides;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (release) {
    return t('releaseReview.title.release', { name, version: release.version });
  }
  return finish
    ? t('releaseReview.title.finish', { name, version: finish.version })
    : t('releaseReview.title.nothing', { name });
}

function Facts({ result }: Pick<PlanHeadlineProps, 'result'>) {
  const { decides, shows } = result.plan;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  const branch = decides.branch;
  const base = <Mono>{shortOid(decides.base)}</Mono>;
  const plan = <Mono>{shortPlanHash(result.planHash)}</Mono>;
  if (!decides.release && !decides.finish) {
    return t('releaseReview.facts.nothing', { branch, base });
  }
  const previous = shows.previousVersion;
  return previous
    ? t('releaseReview.facts.from', { previous, branch, base, plan })
    : t('releaseReview.facts.first', { branch, base, plan });
}
