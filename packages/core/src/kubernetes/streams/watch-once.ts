import type {
  ObjectChange,
  ObjectKind,
  ObjectQuery,
} from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import { resourcePath, toQuery } from '../resources/resource-path';
import type { Resource } from '../resources/resource';
import type { ApiClient, ApiRequest } from '../wire/api-client';
import { piecesOf } from '../wire/read-body';
import { WireFailure } from '../wire/wire-failure';
import { decodeLines, LineTooLong } from './decode-lines';
import { InitialObjects } from './initial-objects';
import { parseWatchEvent } from './parse-watch-event';
import type { ServerStatus } from '../wire/parse-status';
import { Silence } from './silence';

/** Seconds after which the server ends a watch, to be resumed: so a dead connection is noticed that brings nothing. */
const watchSeconds = 60;
/** Milliseconds of silence after which a watch is given up: the server would have ended it. */
const maxSilence = 75_000;
/**
 * Milliseconds without the next of the initial events, or their end: they are there already, so that a server which is silent
 * for so long has not understood that it is to tell of their end.
 */
const maxInitialSilence = 3_000;
/** Characters of one event; an object has at most 1.5 MB in etcd. */
const maxEvent = 16 * 1024 * 1024;
/** How a server refuses parameters that it does not know, or may not know. */
const unknownParameter = new Set([400, 405, 422]);

/** What is followed. */
export interface Followed {
  readonly resource: Resource;
  readonly kind: ObjectKind;
  readonly query: ObjectQuery;
  /** Called with each sign of life: an opened stream, an event, a bookmark. */
  readonly onHeard?: () => void;
}

/** How a watch ended. */
export type WatchEnd =
  /** By the server's clock, to go on from where it is. */
  | { readonly kind: 'over' }
  /** Where it was is forgotten (410): begin with all that is there. */
  | { readonly kind: 'forgotten' }
  /** It cannot begin with all that is there: begin with a list. */
  | { readonly kind: 'no-initial' }
  /** Something failed on the way. */
  | { readonly kind: 'cut'; readonly failure: Error };

/** Where a watch begins. */
export interface WatchPlace {
  /** After this version of the collection; absent: with a snapshot of all that is there. */
  readonly version?: string;
  /** Called with the version up to which all is told. */
  readonly onVersion: (resourceVersion: string) => void;
}

/**
 * One watch, to its end. Without a version it begins with a snapshot in the same answer (`sendInitialEvents`, on by default
 * since Kubernetes 1.34), which is one request less than a list and a watch.
 *
 * @throws ClusterRefusal and DojoError as {@link ApiClient.call}; the signal's reason.
 */
export async function* watchOnce(
  client: ApiClient,
  followed: Followed,
  { version, onVersion }: WatchPlace,
  signal: AbortSignal,
): AsyncGenerator<ObjectChange, WatchEnd, undefined> {
  const request = watchRequest(followed, version);
  const silence = new Silence(maxInitialSilence);
  const either = AbortSignal.any([signal, silence.signal]);
  let initial = version === undefined ? new InitialObjects() : undefined;
  try {
    const reply = await client.open(request, maxSilence, either);
    if (initial) silence.heard();
    followed.onHeard?.();
    const lines = decodeLines(piecesOf(reply, either), {
      maxLength: maxEvent,
      tooLong: 'throw',
    });
    for await (const line of lines) {
      const event = parseWatchEvent(line, followed.kind);
      if (event === undefined) {
        const failure = client.invalid(request.path, 'it sent no watch event');
        return { kind: 'cut', failure };
      }
      followed.onHeard?.();
      if (event.kind === 'error')
        return errorEnd(client, request, event.status);
      if (initial && event.kind !== 'bookmark') {
        silence.heard();
        const limit = initial.take(event.kind, event.object, line.length);
        if (limit === undefined) continue;
        throw client.tooLarge(`the list of ${followed.resource.plural}`, limit);
      }
      if (initial && event.kind === 'bookmark' && !event.endsInitial) continue;
      if (initial) {
        silence.end();
        yield { kind: 'snapshot', objects: initial.objects };
        initial = undefined;
      }
      onVersion(event.resourceVersion);
      if (event.kind !== 'bookmark') {
        yield { kind: event.kind, object: event.object };
      }
      // Of what has come already, nothing is told any more.
      signal.throwIfAborted();
    }
    return { kind: initial ? 'no-initial' : 'over' };
  } catch (error) {
    if (silence.signal.aborted && !signal.aborted && initial) {
      return { kind: 'no-initial' };
    }
    if (error instanceof ClusterRefusal) {
      const { status } = error.refused;
      if (status === 410) return { kind: 'forgotten' };
      if (initial && unknownParameter.has(status)) {
        return { kind: 'no-initial' };
      }
    }
    if (error instanceof WireFailure) {
      return { kind: 'cut', failure: client.unreachable(error) };
    }
    if (error instanceof LineTooLong) {
      throw client.tooLarge('an event of a watch', `${maxEvent} bytes`);
    }
    throw error;
  } finally {
    silence.end();
  }
}

function errorEnd(
  client: ApiClient,
  request: ApiRequest,
  said: ServerStatus | undefined,
): WatchEnd {
  if (said?.code === 410) return { kind: 'forgotten' };
  const { code = 500, reason = '', message = '', causes = [] } = said ?? {};
  return {
    kind: 'cut',
    failure: client.refusal(request, { status: code, reason, message, causes }),
  };
}

function watchRequest(
  { resource, kind, query }: Followed,
  resourceVersion: string | undefined,
): ApiRequest {
  const { namespace } = query;
  return {
    method: 'GET',
    path: `${resourcePath(resource, { namespace })}${toQuery({
      watch: true,
      ...(resourceVersion === undefined
        ? { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' }
        : { resourceVersion }),
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
