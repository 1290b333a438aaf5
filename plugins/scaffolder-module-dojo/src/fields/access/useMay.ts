import { usePermission } from '@backstage/plugin-permission-react';
import { dojoEnvironmentChangePermission } from 'backstage-plugin-dojo-common/permissions';
import { verbPermissions, type Verb, type VerbPlace } from './verbs';

/** Whether the reader may; `asking` until it is known. */
export type May = 'asking' | 'yes' | 'no';

/**
 * Whether the reader may do this, on the component and in the environment. Where that cannot be found out it is `yes`:
 * the backend asks again before it does anything, and says what failed.
 */
export function useMay(verb: Verb, place: VerbPlace): May {
  const { component, environment } = place;
  const ofComponent = usePermission({
    permission: verbPermissions[verb],
    resourceRef: component,
  });
  const ofEnvironment = usePermission({
    permission: dojoEnvironmentChangePermission,
    resourceRef: environment,
  });
  // Backstage denies what has no resource; here nothing is chosen yet, so that nothing is asked.
  const answers = [
    ...(component === undefined ? [] : [ofComponent]),
    ...(environment === undefined ? [] : [ofEnvironment]),
  ];
  if (answers.some(({ loading }) => loading)) return 'asking';
  return answers.every(({ allowed, error }) => allowed || error) ? 'yes' : 'no';
}
