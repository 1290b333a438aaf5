import type { ObjectKind, ObjectQuery } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import type { ApiClient } from '../wire/api-client';
import { resourcePath, toQuery } from './resource-path';
import type { Resource } from './resource';
import { isRecord, toObject } from './to-object';

/** Objects of one page. */
export const pageSize = 500;
/** Bytes and objects of a list, all pages together. */
export const maxListBytes = 64 * 1024 * 1024;
export const maxListObjects = 20_000;
/** A list that is so long that its beginning is forgotten (410) is begun again so often. */
const maxBeginnings = 3;

/** All that a query finds, and the version of the collection in which it did. */
export interface ObjectList {
  readonly objects: readonly KubernetesObject[];
  readonly resourceVersion: string;
}

/**
 * Reads all pages of a list.
 *
 * @throws DojoError CLUSTER_ANSWER_TOO_LARGE where there is more than {@link maxListBytes} or {@link maxListObjects}; else as
 * {@link ApiClient.call}.
 */
export async function listObjects(
  client: ApiClient,
  resource: Resource,
  kind: ObjectKind,
  query: ObjectQuery,
  signal: AbortSignal,
): Promise<ObjectList> {
  for (let beginning = 1; ; beginning += 1) {
    try {
      return await readPages(client, resource, kind, query, signal);
    } catch (error) {
      const isForgotten =
        error instanceof ClusterRefusal && error.refused.status === 410;
      if (!isForgotten || beginning === maxBeginnings) throw error;
    }
  }
}

async function readPages(
  client: ApiClient,
  resource: Resource,
  kind: ObjectKind,
  query: ObjectQuery,
  signal: AbortSignal,
): Promise<ObjectList> {
  const { namespace } = query;
  const collection = resourcePath(resource, { namespace });
  const tooLarge = (limit: string) =>
    client.tooLarge(`the list of ${resource.plural}`, limit);
  const objects: KubernetesObject[] = [];
  let bytes = 0;
  let next: string | undefined;
  for (;;) {
    const path = `${collection}${toQuery({
      limit: pageSize,
      continue: next,
      labelSelector: query.labels,
      fieldSelector: query.fields,
    })}`;
    const reply = await client.call(
      {
        method: 'GET',
        path,
        repeat: 'always',
        limit: {
          maxBytes: maxListBytes - bytes,
          exceeded: () => tooLarge(`${maxListBytes} bytes`),
        },
        subject: {
          verb: 'list',
          resource,
          object: { ...kind, namespace },
          dryRun: false,
        },
      },
      signal,
    );
    bytes += reply.body.byteLength;
    const page = toPage(client.json(reply, path), kind);
    if (page === undefined) throw client.invalid(path, 'it is no list');
    objects.push(...page.objects);
    if (objects.length > maxListObjects) {
      throw tooLarge(`${maxListObjects} objects`);
    }
    const { resourceVersion } = page;
    next = page.next;
    if (next === undefined) return { objects, resourceVersion };
  }
}

function toPage(
  value: unknown,
  kind: ObjectKind,
): (ObjectList & { readonly next?: string }) | undefined {
  if (!isRecord(value) || !isRecord(value.metadata)) return undefined;
  const { resourceVersion, continue: next } = value.metadata;
  // Go writes an empty list as null where nobody made one.
  const items = value.items ?? [];
  if (!Array.isArray(items) || typeof resourceVersion !== 'string') {
    return undefined;
  }
  const objects = items.map(item => toObject(item, kind));
  return objects.every(object => object !== undefined)
    ? {
        objects,
        resourceVersion,
        next: typeof next === 'string' && next !== '' ? next : undefined,
      }
    : undefined;
}
