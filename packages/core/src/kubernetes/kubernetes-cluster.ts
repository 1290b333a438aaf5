import type {
  Applied,
  Cluster,
  JsonPatchOperation,
  ObjectChange,
  ObjectKind,
  ObjectQuery,
  ObjectRef,
} from '../cluster/cluster';
import { ClusterRefusal } from '../cluster/cluster-refusal';
import type { ClusterVerb } from '../cluster/cluster-refusal';
import type { KubernetesObject } from '../cluster/kubernetes-object';
import { kubernetesErrors } from './kubernetes-errors';
import { isProtectedKind } from './protected-kinds';
import { listObjects } from './resources/list-objects';
import { ResourceFinder } from './resources/resource-finder';
import { resourcePath, toQuery } from './resources/resource-path';
import type { Resource } from './resources/resource';
import { toObject } from './resources/to-object';
import { followLog } from './streams/follow-log';
import { followObjects } from './streams/follow-objects';
import type { WatchHabits } from './streams/follow-objects';
import { readLog } from './streams/read-log';
import type { ContainerRef } from './streams/read-log';
import type { ApiClient, ApiRequest } from './wire/api-client';
import { parseWarnings } from './wire/parse-warnings';

type ApplyOptions = Parameters<Cluster['apply']>[1];
type DeleteOptions = Parameters<Cluster['delete']>[1];
type PatchOptions = Parameters<Cluster['patch']>[2];

/** {@link Cluster} over the API of Kubernetes, as plain JSON: no field is lost that this code does not know. */
export class KubernetesCluster implements Cluster {
  readonly #client: ApiClient;
  readonly #finder: ResourceFinder;
  readonly #habits: WatchHabits = { sendsInitial: true };
  readonly warnings: readonly string[];

  constructor(client: ApiClient, warnings: readonly string[] = []) {
    this.#client = client;
    this.warnings = warnings;
    this.#finder = new ResourceFinder(client);
  }

  get name(): string {
    return this.#client.cluster;
  }

  prepare(): void {
    this.#client.prepare();
  }

  async list(
    kind: ObjectKind,
    query: ObjectQuery,
    signal: AbortSignal,
  ): Promise<readonly KubernetesObject[]> {
    const resource = await this.#finder.find(kind, 'list', signal);
    const list = await listObjects(this.#client, resource, kind, query, signal);
    return list.objects;
  }

  async get(
    ref: ObjectRef,
    signal: AbortSignal,
  ): Promise<KubernetesObject | undefined> {
    const request = await this.#requestFor(ref, 'get', signal);
    try {
      return await this.#callForObject({ ...request, method: 'GET' }, signal);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  async apply(
    object: KubernetesObject,
    options: ApplyOptions,
    signal: AbortSignal,
  ): Promise<Applied> {
    const { apiVersion, kind, metadata } = object;
    const { name, namespace } = metadata;
    const { manager, dryRun = false, force = false, subresource } = options;
    const request = await this.#requestFor(
      { apiVersion, kind, name, namespace },
      'patch',
      signal,
      { subresource, dryRun },
    );
    return this.#write(
      {
        ...request,
        path: `${request.path}${toQuery({
          fieldManager: manager,
          fieldValidation: 'Strict',
          force,
          dryRun: dryRun && 'All',
        })}`,
        method: 'PATCH',
        contentType: 'application/apply-patch+yaml',
        body: subresource === 'scale' ? toScale(object) : object,
        // An apply is whole: done twice, it is done once.
        repeat: 'always',
      },
      signal,
    );
  }

  async patch(
    ref: ObjectRef,
    operations: readonly JsonPatchOperation[],
    { manager, dryRun = false }: PatchOptions,
    signal: AbortSignal,
  ): Promise<Applied> {
    const request = await this.#requestFor(ref, 'patch', signal, { dryRun });
    return this.#write(
      {
        ...request,
        path: `${request.path}${toQuery({
          fieldManager: manager,
          fieldValidation: 'Strict',
          dryRun: dryRun && 'All',
        })}`,
        method: 'PATCH',
        contentType: 'application/json-patch+json',
        body: operations,
        // Its operations may not hold a second time: a lost answer is for the caller to look into.
        repeat: dryRun ? 'always' : 'unsent',
      },
      signal,
    );
  }

  async delete(
    ref: ObjectRef,
    { uid, resourceVersion, dryRun = false }: DeleteOptions,
    signal: AbortSignal,
  ): Promise<void> {
    if (isProtectedKind(ref.kind)) {
      throw kubernetesErrors.kindProtected(`${ref.kind} ${ref.name}`);
    }
    const request = await this.#requestFor(ref, 'delete', signal, { dryRun });
    try {
      await this.#client.call(
        {
          ...request,
          method: 'DELETE',
          contentType: 'application/json',
          body: {
            apiVersion: 'v1',
            kind: 'DeleteOptions',
            preconditions: { uid, resourceVersion },
            propagationPolicy: 'Background',
            ...(dryRun && { dryRun: ['All'] }),
          },
        },
        signal,
      );
    } catch (error) {
      if (isAbsent(error)) return;
      const isConflict =
        error instanceof ClusterRefusal && error.refused.status === 409;
      if (!isConflict) throw error;
      // Its first try may have been done, and its answer lost: another object of the name is not this one.
      const live = await this.get(ref, signal);
      const isGone =
        live === undefined ||
        live.metadata.uid !== uid ||
        live.metadata.deletionTimestamp !== undefined;
      if (!isGone) throw error;
    }
  }

  async *follow(
    kind: ObjectKind,
    query: ObjectQuery,
    signal: AbortSignal,
    options: Parameters<Cluster['follow']>[3] = {},
  ): AsyncGenerator<ObjectChange, void, undefined> {
    let resource: Resource;
    try {
      resource = await this.#finder.find(kind, 'watch', signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    const followed = { resource, kind, query, ...options };
    yield* followObjects(this.#client, followed, this.#habits, signal);
  }

  readLog(
    container: ContainerRef & { readonly previous?: boolean },
    lines: number,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const { previous = false } = container;
    return readLog(this.#client, container, { lines, previous }, signal);
  }

  followLog(
    container: ContainerRef,
    signal: AbortSignal,
  ): AsyncIterable<string> {
    const { namespace, pod } = container;
    const ref = { apiVersion: 'v1', kind: 'Pod', name: pod, namespace };
    const readPod = () => this.get(ref, signal);
    return followLog(this.#client, container, readPod, signal);
  }

  dispose(): Promise<void> {
    return this.#client.close();
  }

  async #requestFor(
    ref: ObjectRef,
    verb: ClusterVerb,
    signal: AbortSignal,
    options: { readonly subresource?: string; readonly dryRun?: boolean } = {},
  ): Promise<Pick<ApiRequest, 'path' | 'repeat' | 'subject'>> {
    const { subresource, dryRun = false } = options;
    const { apiVersion, kind, name, namespace } = ref;
    const resource = await this.#finder.find(ref, verb, signal);
    const path = resourcePath(resource, { namespace, name, subresource });
    const plural =
      subresource === undefined
        ? resource.plural
        : `${resource.plural}/${subresource}`;
    return {
      path,
      repeat: 'always',
      subject: {
        verb,
        resource: { ...resource, plural },
        object: { apiVersion, kind, name, namespace },
        dryRun,
      },
    };
  }

  async #write(request: ApiRequest, signal: AbortSignal): Promise<Applied> {
    let warnings: string[] = [];
    const object = await this.#callForObject(request, signal, headers => {
      warnings = parseWarnings(headers.warning);
    });
    return { object, warnings };
  }

  async #callForObject(
    request: ApiRequest,
    signal: AbortSignal,
    look?: (
      headers: Readonly<Record<string, string | string[] | undefined>>,
    ) => void,
  ): Promise<KubernetesObject> {
    const reply = await this.#client.call(request, signal);
    look?.(reply.headers);
    const json = this.#client.json(reply, request.path);
    const object = toObject(json, request.subject.object);
    if (object !== undefined) return object;
    throw this.#client.invalid(request.path, 'its answer is no object');
  }
}

/** The body of an apply to `/scale`: the object's replicas and nothing else of it. */
function toScale({ metadata, spec }: KubernetesObject): KubernetesObject {
  const { name, namespace } = metadata;
  const { replicas } = spec as { replicas?: unknown };
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name, namespace },
    spec: { replicas },
  };
}

/** The API server says that this very object is not there; a path that it does not know is another thing. */
function isAbsent(error: unknown): boolean {
  return (
    error instanceof ClusterRefusal &&
    error.refused.status === 404 &&
    error.refused.reason === 'NotFound' &&
    error.refused.message !== 'the server could not find the requested resource'
  );
}
