import type {
  DojoClient,
  DojoRequestOptions,
  HistoryEntry,
} from 'backstage-plugin-dojo-common';
import { useAnswer } from 'backstage-plugin-dojo-react';
import { useMemo } from 'react';

interface Question {
  readonly component: string;
  readonly environment: string;
}

const ask = (
  client: DojoClient,
  { component, environment }: Question,
  options: DojoRequestOptions,
) =>
  client.listHistory(
    component,
    { kind: 'deployment', environment, limit: 100 },
    options,
  );

/** The newest deployments to an environment by their ids; asked for only where they are wanted. */
export function useDeployments(
  props: Question & { readonly wanted: boolean },
): ReadonlyMap<string, HistoryEntry> {
  const { component, environment, wanted } = props;
  const { state } = useAnswer(
    wanted ? { component, environment } : undefined,
    ask,
  );
  return useMemo(
    () =>
      new Map(
        state.kind === 'loaded'
          ? state.result.entries.map(entry => [entry.id, entry])
          : [],
      ),
    [state],
  );
}
