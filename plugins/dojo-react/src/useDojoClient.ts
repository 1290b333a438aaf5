import {
  discoveryApiRef,
  fetchApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { DojoClient } from 'backstage-plugin-dojo-common';
import { useMemo } from 'react';

/** The client of `/api/dojo` with the reader's own session. */
export function useDojoClient(): DojoClient {
  const discoveryApi = useApi(discoveryApiRef);
  const fetchApi = useApi(fetchApiRef);
  return useMemo(
    () => new DojoClient({ discoveryApi, fetchApi }),
    [discoveryApi, fetchApi],
  );
}
