import { Skeleton } from '@backstage/ui';
import { Section } from 'backstage-plugin-dojo-react';
import styles from './PlanReview.module.css';

/** The shape of a plan while it is computed; the live region says it in words. */
export function PlanSkeleton() {
  return (
    <div className={styles.stack} aria-hidden="true">
      <div className={styles.lines}>
        <Skeleton width="min(18rem, 60%)" height={26} />
        <Skeleton width="min(30rem, 90%)" height={16} />
      </div>
      <div className={styles.columns}>
        <Section>
          <Lines widths={['30%', '95%', '90%', '93%', '85%']} />
        </Section>
        <Section>
          <Lines widths={['45%', '88%', '80%', '60%']} />
        </Section>
      </div>
      <Section>
        <Lines widths={['25%', '97%', '97%']} />
      </Section>
    </div>
  );
}

function Lines({ widths }: { readonly widths: readonly string[] }) {
  return (
    <div className={styles.lines}>
      {widths.map((width, index) => (
        <Skeleton key={index} width={width} height={16} />
      ))}
    </div>
  );
}
