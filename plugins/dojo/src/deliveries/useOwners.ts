import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useEffect, useState } from 'react';

/** The owners of components, by ref, in order; empty until they are known, and where the catalog does not answer. */
export function useOwners(): readonly string[] {
  const catalog = useApi(catalogApiRef);
  const [owners, setOwners] = useState<readonly string[]>([]);
  useEffect(() => {
    let isWanted = true;
    const facet = 'relations.ownedBy';
    catalog
      .getEntityFacets({ filter: { kind: 'component' }, facets: [facet] })
      .then(
        ({ facets }) => (facets[facet] ?? []).map(({ value }) => value).sort(),
        // Without them the list is filtered by everything else.
        () => [],
      )
      .then(found => {
        if (isWanted) setOwners(found);
      });
    return () => {
      isWanted = false;
    };
  }, [catalog]);
  return owners;
}
