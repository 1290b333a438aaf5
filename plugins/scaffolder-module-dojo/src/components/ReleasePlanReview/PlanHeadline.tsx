import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { ReleaseResult } from 'backstage-plugin-dojo-common';
import { scaffolderDojoTranslationRef } from '../../translation';
import { Mono, shortHash } from './Mono';
import styles from './ReleasePlanReview.module.css';

interface PlanHeadlineProps {
  readonly name: string;
  readonly result: ReleaseResult;
}

/** What the plan is, in one line, and where it starts from. */
export function PlanHeadline(props: PlanHeadlineProps) {
  return (
    <header>
      <Text as="h3" variant="title-x-small" weight="bold">
        <Title {...props} />
      </Text>
      <p className={styles.facts}>
        <Facts result={props.result} />
      </p>
    </header>
  );
}

function Title({ name, result }: PlanHeadlineProps) {
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
  const base = <Mono>{shortHash(decides.base)}</Mono>;
  const plan = <Mono>{`${result.planHash.slice(0, 8)}…`}</Mono>;
  if (!decides.release && !decides.finish) {
    return t('releaseReview.facts.nothing', { branch, base });
  }
  const previous = shows.previousVersion;
  return previous
    ? t('releaseReview.facts.from', { previous, branch, base, plan })
    : t('releaseReview.facts.first', { branch, base, plan });
}
