import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { dojoAnnotations } from 'backstage-plugin-dojo-common';
import { isComponentWith } from '../isComponentWith';

/** "Delivery" on the front page of a component: what is released, and how its environments are. */
export const overviewCard = EntityCardBlueprint.make({
  name: 'delivery',
  params: {
    type: 'content',
    filter: entity => isComponentWith(dojoAnnotations.repository, entity),
    loader: () =>
      import('./OverviewCardContent').then(({ OverviewCardContent }) => (
        <OverviewCardContent />
      )),
  },
});
