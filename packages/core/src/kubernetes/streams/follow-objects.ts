import type {
  ObjectChange,
  ObjectKind,
  ObjectQuery,
} from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import { listObjects } from '../resources/list-objects';
import { resourcePath, toQuery } from '../resources/resource-path';
import type { Resource } from '../resources/resource';
import type { ApiClient, ApiRequest } from '../wire/api-client';
import { piecesOf } from '../wire/read-body';
import { WireFailure } from '../wire/wire-failure';
import { decodeLines, LineTooLong } from './decode-lines';
import { parseWatchEvent } from './parse-watch-event';
import { Resumption } from './resumption';

/** Seconds after which the server ends a watch, to be resumed: so a dead connection is noticed that brings nothing. */
const watchSeconds = 60;
/** Milliseconds of silence after which a watch is given up: the server would have ended it. */
const maxSilence = 75_000;
/** Characters of one event; an object has at most 1.5 MB in etcd. */
const maxEvent = 16 * 1024 * 1024;

/** What is followed. */
export interface Followed {
  readonly resource: Resource;
  readonly kind: ObjectKind;
  readonly query: ObjectQuery;
}

/** How a watch ended. */
type WatchEnd =
  /** By the server's clock, to go on from where it is. */
  | { readonly kind: 'over' }
  /** Where it was is forgotten (410): begin with a list. */
  | { readonly kind: 'forgotten' }
  /** Something failed on the way. */
  | { readonly kind: 'cut'; readonly failure: Error };

/**
 * A list, then its changes by watches from its version on (Kubernetes API concepts, "Efficient detection of changes"), until
 * the signal aborts, which ends it quietly.
 *
 * @throws ClusterRefusal and DojoError as {@link ApiClient.call}, and where watches fail for as long as a request would be
 * repeated.
 */
export async function* followObjects(
  client: ApiClient,
  followed: Followed,
  signal: AbortSignal,
): AsyncGenerator<ObjectChange, void, undefined> {
  const { resource, kind, query } = followed;
  const resumption = new Resumption(client.ports);
  /** Version of the last thing seen; absent: a list comes first. */
  const place: { version?: string } = {};
  try {
    while (!signal.aborted) {
      if (place.version === undefined) {
        const list = await listObjects(client, resource, kind, query, signal);
        yield { kind: 'snapshot', objects: list.objects };
        place.version = list.resourceVersion;
      }
      resumption.begin();
      const end = yield* watchOnce(
        client,
        followed,
        place.version,
        resourceVersion => {
          resumption.progressed();
          place.version = resourceVersion;
        },
        signal,
      );
      if (end.kind === 'forgotten') place.version = undefined;
      await resumption.pause(
        end.kind === 'cut' ? end.failure : undefined,
        signal,
      );
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function* watchOnce(
  client: ApiClient,
  followed: Followed,
  version: string,
  onVersion: (resourceVersion: string) => void,
  signal: AbortSignal,
): AsyncGenerator<ObjectChange, WatchEnd, undefined> {
  const request = watchRequest(followed, version);
  try {
    const reply = await client.open(request, maxSilence, signal);
    const lines = decodeLines(piecesOf(reply, signal), {
      maxLength: maxEvent,
      tooLong: 'throw',
    });
    for await (const line of lines) {
      const event = parseWatchEvent(line, followed.kind);
      if (event === undefined) {
        const failure = client.invalid(request.path, 'it sent no watch event');
        return { kind: 'cut', failure };
      }
      if (event.kind === 'error') {
        if (event.status?.code === 410) return { kind: 'forgotten' };
        const { reason = '', message = '', causes = [] } = event.status ?? {};
        const status = event.status?.code ?? 500;
        return {
          kind: 'cut',
          failure: client.refusal(request, { status, reason, message, causes }),
        };
      }
      onVersion(event.resourceVersion);
      if (event.kind === 'bookmark') continue;
      yield { kind: event.kind, object: event.object };
      // Of what has come already, nothing is told any more.
      signal.throwIfAborted();
    }
    return { kind: 'over' };
  } catch (error) {
    if (error instanceof ClusterRefusal && error.refused.status === 410) {
      return { kind: 'forgotten' };
    }
    if (error instanceof WireFailure) {
      return { kind: 'cut', failure: client.unreachable(error) };
    }
    if (error instanceof LineTooLong) {
      throw client.tooLarge('an event of a watch', `${maxEvent} bytes`);
    }
    throw error;
  }
}

function watchRequest(
  { resource, kind, query }: Followed,
  resourceVersion: string,
): ApiRequest {
  const { namespace } = query;
  return {
    method: 'GET',
    path: `${resourcePath(resource, { namespace })}${toQuery({
      watch: true,
      resourceVersion,
      allowWatchBookmarks: true,
      timeoutSeconds: watchSeconds,
      labelSelector: query.labels,
      fieldSelector: query.fields,
    })}`,
    repeat: 'always',
    subject: {
      verb: 'watch',
      resource,
      object: { ...kind, namespace },
      dryRun: false,
    },
  };
}
