import type { ObjectChange } from '../../cluster/cluster';
import { listObjects } from '../resources/list-objects';
import type { ApiClient } from '../wire/api-client';
import { Resumption } from './resumption';
import { watchOnce } from './watch-once';
import type { Followed } from './watch-once';

/** What is known of a server. */
export interface WatchHabits {
  /** Whether its watches may begin with all that is there. It is set to false by the first that may not. */
  sendsInitial: boolean;
}

/**
 * All that is there, then its changes by watches from its version on (Kubernetes API concepts, "Efficient detection of
 * changes"), until the signal aborts, which ends it quietly. A server whose watches do not begin with all that is there is
 * asked for a list first.
 *
 * @throws ClusterRefusal and DojoError as {@link ApiClient.call}, and where watches fail for as long as a request would be
 * repeated.
 */
export async function* followObjects(
  client: ApiClient,
  followed: Followed,
  habits: WatchHabits,
  signal: AbortSignal,
): AsyncGenerator<ObjectChange, void, undefined> {
  const { resource, kind, query } = followed;
  const resumption = new Resumption(client.ports);
  /** Version of the last thing seen; undefined: all that is there comes first. */
  let version: string | undefined;
  const onVersion = (resourceVersion: string) => {
    resumption.progressed();
    version = resourceVersion;
  };
  try {
    while (!signal.aborted) {
      if (version === undefined && !habits.sendsInitial) {
        const list = await listObjects(client, resource, kind, query, signal);
        yield { kind: 'snapshot', objects: list.objects };
        version = list.resourceVersion;
      }
      resumption.begin();
      const place = { ...(version !== undefined && { version }), onVersion };
      const end = yield* watchOnce(client, followed, place, signal);
      if (end.kind === 'no-initial') {
        habits.sendsInitial = false;
        continue;
      }
      if (end.kind === 'forgotten') version = undefined;
      await resumption.pause(
        end.kind === 'cut' ? end.failure : undefined,
        signal,
      );
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
