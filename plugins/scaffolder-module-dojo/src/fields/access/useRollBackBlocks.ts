import type {
  DojoClient,
  DojoRequestOptions,
} from 'backstage-plugin-dojo-common';
import { useAnswer } from 'backstage-plugin-dojo-react';
import { useMemo } from 'react';
import type { VerbPlace } from './verbs';

const getDelivery = async (
  client: DojoClient,
  { component }: { readonly component: string },
  options: DojoRequestOptions,
) => (await client.getDelivery(component, options))?.delivery;

/** What keeps a version itself out, whatever else goes on there. */
const ofVersions: ReadonlySet<string> = new Set([
  'SCHEMA_BARS_VERSION',
  'MIGRATIONS_PENDING',
]);

const nothing: ReadonlyMap<string, string> = new Map();

/**
 * The versions that an environment cannot go back to, each with the sentence that says why, as the Delivery tab has them.
 * Where that is not known, none is held back: the plan is computed from the real systems all the same.
 *
 * @param place - without a component or an environment nothing is asked
 */
export function useRollBackBlocks({
  component,
  environment,
}: VerbPlace): ReadonlyMap<string, string> {
  const { state } = useAnswer(
    component !== undefined && environment !== undefined
      ? { component }
      : undefined,
    getDelivery,
  );
  return useMemo(() => {
    if (state.kind !== 'loaded' || state.result?.kind !== 'delivery') {
      return nothing;
    }
    return new Map(
      state.result.actions.flatMap(action =>
        action.id === 'roll-back' &&
        action.environment === environment &&
        action.version !== undefined &&
        action.state !== 'ready' &&
        ofVersions.has(action.state.code)
          ? [[action.version, action.state.sentence] as const]
          : [],
      ),
    );
  }, [state, environment]);
}
