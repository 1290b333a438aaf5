import { z } from 'zod/v3';
import type { ObjectKind } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { ClusterVerb } from '../../cluster/cluster-refusal';
import type { ApiClient } from '../wire/api-client';
import { builtinResource } from './builtin-resources';
import { parseApiVersion } from './resource-path';
import type { Resource } from './resource';

const listSchema = z.object({
  kind: z.literal('APIResourceList'),
  resources: z.array(
    z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() }),
  ),
});

/** Found by kind, of one apiVersion. */
type Kinds = ReadonlyMap<string, Resource>;

/** Where the objects of a kind are: by a table for what Kubernetes brings, else asked once for each apiVersion. */
export class ResourceFinder {
  readonly #client: ApiClient;
  readonly #asked = new Map<string, Promise<Kinds>>();

  constructor(client: ApiClient) {
    this.#client = client;
  }

  /** @throws ClusterRefusal with status 404 where the cluster does not know the kind; else as {@link ApiClient.call}. */
  async find(
    kind: ObjectKind,
    verb: ClusterVerb,
    signal: AbortSignal,
  ): Promise<Resource> {
    const { group, version } = parseApiVersion(kind);
    const builtin = builtinResource(group, version, kind.kind);
    if (builtin !== undefined) return builtin;
    const kinds = await this.#kindsOf(kind, { group, version }, verb, signal);
    const found = kinds.get(kind.kind);
    if (found !== undefined) return found;
    throw new ClusterRefusal({
      status: 404,
      reason: 'NotFound',
      message: `no matches for kind "${kind.kind}" in version "${kind.apiVersion}"`,
      causes: [],
      verb,
      resource: '',
      group,
      object: kind,
      dryRun: false,
    });
  }

  #kindsOf(
    kind: ObjectKind,
    of: { group: string; version: string },
    verb: ClusterVerb,
    signal: AbortSignal,
  ): Promise<Kinds> {
    const known = this.#asked.get(kind.apiVersion);
    if (known !== undefined) return known;
    const asking = this.#ask(kind, of, verb, signal);
    this.#asked.set(kind.apiVersion, asking);
    // What failed, or was aborted by one caller, is asked again by the next.
    asking.catch(() => this.#asked.delete(kind.apiVersion));
    return asking;
  }

  async #ask(
    kind: ObjectKind,
    { group, version }: { group: string; version: string },
    verb: ClusterVerb,
    signal: AbortSignal,
  ): Promise<Kinds> {
    const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    try {
      const reply = await this.#client.call(
        {
          method: 'GET',
          path,
          repeat: 'always',
          subject: {
            verb,
            resource: { group, version, plural: '', namespaced: false },
            object: kind,
            dryRun: false,
          },
        },
        signal,
      );
      const parsed = listSchema.safeParse(this.#client.json(reply, path));
      if (!parsed.success) {
        throw this.#client.invalid(path, 'it is no list of resources');
      }
      return new Map(
        parsed.data.resources
          .filter(({ name }) => !name.includes('/'))
          .map(({ name, kind: found, namespaced }) => [
            found,
            { group, version, plural: name, namespaced },
          ]),
      );
    } catch (error) {
      // No such group or version: it has none of the kinds.
      const isUnknown =
        error instanceof ClusterRefusal && error.refused.status === 404;
      if (isUnknown) return new Map();
      throw error;
    }
  }
}
