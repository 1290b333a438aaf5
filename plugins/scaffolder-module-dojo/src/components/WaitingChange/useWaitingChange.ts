import type {
  DojoClient,
  DojoRequestOptions,
  WaitingDeployment,
} from 'backstage-plugin-dojo-common';
import { type AnswerState, useAnswer } from 'backstage-plugin-dojo-react';

/** Whose overlay it is, and where. */
export interface WaitingPlace {
  readonly component: string;
  readonly environment: string;
}

const findWaiting = (
  client: DojoClient,
  place: WaitingPlace,
  options: DojoRequestOptions,
) => client.findWaitingDeployment(place, options);

/** The change of an overlay that waits to be merged by the portal. @param place - Absent: nobody is asked. */
export function useWaitingChange(place: WaitingPlace | undefined): {
  readonly state: AnswerState<WaitingDeployment>;
  readonly retry: () => void;
} {
  return useAnswer(
    place && { component: place.component, environment: place.environment },
    findWaiting,
  );
}
