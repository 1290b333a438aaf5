import type { ObjectKind } from '../../cluster/cluster';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { isRecord, toObject } from '../resources/to-object';
import { parseStatus } from '../wire/parse-status';
import type { ServerStatus } from '../wire/parse-status';

/** One event of a watch. */
export type WatchEvent =
  | {
      readonly kind: 'changed' | 'removed';
      readonly object: KubernetesObject;
      readonly resourceVersion: string;
    }
  /** Nothing changed up to this version. */
  | {
      readonly kind: 'bookmark';
      readonly resourceVersion: string;
      /** All that was there when the watch began has come; of a watch that was asked to begin with it. */
      readonly endsInitial: boolean;
    }
  /** The watch is over; absent: it did not say why. */
  | { readonly kind: 'error'; readonly status?: ServerStatus };

/** Marks the bookmark after the initial events (Kubernetes API concepts, "Streaming lists"). */
const initialEnd = 'k8s.io/initial-events-end';

/** @returns undefined: the line is no event. */
export function parseWatchEvent(
  line: string,
  kind: ObjectKind,
): WatchEvent | undefined {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(event) || !isRecord(event.object)) return undefined;
  const { type, object: of } = event;
  if (type === 'ERROR') return { kind: 'error', status: parseStatus(of) };
  const metadata = isRecord(of.metadata) ? of.metadata : {};
  const { resourceVersion, annotations } = metadata;
  if (typeof resourceVersion !== 'string') return undefined;
  // It has no name: only its version is meant.
  if (type === 'BOOKMARK') {
    const endsInitial =
      isRecord(annotations) && annotations[initialEnd] === 'true';
    return { kind: 'bookmark', resourceVersion, endsInitial };
  }
  const object = toObject(of, kind);
  if (object === undefined) return undefined;
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
      return { kind: 'changed', object, resourceVersion };
    case 'DELETED':
      return { kind: 'removed', object, resourceVersion };
    default:
      return undefined;
  }
}
