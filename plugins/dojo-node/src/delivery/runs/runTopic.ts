import type { EventsService } from '@backstage/plugin-events-node';
import type { DojoRunEvent } from '../../access/Access';

/** Topic of the events service on which the engines tell that something which they change has begun or ended. */
export const dojoRunTopic = 'dojo.run';

/** Tells of runs by events. Nobody waits for it: what is missed is read with the next interval. */
export function createRunTeller(
  events: EventsService,
): (event: DojoRunEvent) => void {
  return eventPayload => {
    void events
      .publish({ topic: dojoRunTopic, eventPayload })
      .catch(() => undefined);
  };
}
