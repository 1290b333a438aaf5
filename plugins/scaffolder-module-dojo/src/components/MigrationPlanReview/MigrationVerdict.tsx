import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import {
  refusalsOf,
  isAlreadyDone,
  type MigrationPlan,
} from 'backstage-plugin-dojo-common';
import { scaffolderDojoTranslationRef } from '../../translation';

/** Says so where a plan does not run: it is refused, or there is nothing to do. */
export function MigrationVerdict(props: {
  readonly plan: MigrationPlan;
  readonly onReplan: () => void;
}) {
  const { plan } = props;
  const { t } = useTranslationRef(scaffolderDojoTranslationRef);
  if (refusalsOf(plan.shows.findings).length > 0) {
    return (
      <Alert
        status="danger"
        icon
        title={plan.shows.reason}
        description={t('migrationReview.refused.description')}
        customActions={
          <Button size="small" variant="secondary" onPress={props.onReplan}>
            {t('migrationReview.refused.again')}
          </Button>
        }
      />
    );
  }
  if (!isAlreadyDone(plan)) return null;
  return <Alert status="success" icon title={plan.shows.reason} />;
}
