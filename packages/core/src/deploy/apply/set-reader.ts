import type { Cluster, ObjectKind } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { isRecord, memberSelector, readRecord, recordName } from './apply-set';
import type { ApplySet, SetRecord } from './apply-set';
import { inLanes } from './in-lanes';
import { toError } from './refused-writes';
import type { RefusedRequest } from './refused-writes';

/** Lists that are asked for ahead: as many as are at once. */
const maxAhead = 8;

/**
 * Reads the objects of a set, and its record. The record has the label of the set too, so that a list of ConfigMaps tells of
 * it: it is asked for only where none was listed, or the record is of a run before it had the label.
 */
export class SetReader {
  #record: SetRecord | undefined;
  #isLooked = false;
  readonly #ahead = new Map<string, Promise<KindList>>();

  constructor(
    private readonly cluster: Cluster,
    private readonly set: ApplySet,
    private readonly signal: AbortSignal,
  ) {}

  /** Lists kinds that {@link list} is likely to be asked for, while something else is waited for. */
  listAhead(kinds: readonly ObjectKind[]): void {
    for (const kind of kinds.slice(0, maxAhead)) {
      const listed = this.#listKind(kind);
      // Whoever asks for it hears of its failure.
      listed.catch(() => undefined);
      this.#ahead.set(keyOf(kind), listed);
    }
  }

  /** @returns the objects with the label of the set. Refusals are kept for later: others may follow. */
  async list(
    kinds: readonly ObjectKind[],
    refused: RefusedRequest[],
  ): Promise<readonly KubernetesObject[]> {
    const lists = await inLanes(kinds, kind => this.#takeKind(kind));
    refused.push(...lists.flatMap(({ refusal }) => refusal ?? []));
    return lists
      .flatMap(({ objects }) => objects)
      .filter(object => !this.#takesRecord(object));
  }

  /** The record; undefined: there is none. */
  async record(): Promise<SetRecord | undefined> {
    if (!this.#isLooked) {
      const found = await this.#getRecord();
      this.#record = found && readRecord(found);
      this.#isLooked = true;
    }
    return this.#record;
  }

  #takesRecord(object: KubernetesObject): boolean {
    if (!isRecord(object, this.set)) return false;
    this.#record = readRecord(object);
    this.#isLooked = true;
    return true;
  }

  async #getRecord(): Promise<KubernetesObject | undefined> {
    const { namespace } = this.set;
    const name = recordName(this.set);
    try {
      return await this.cluster.get(
        { apiVersion: 'v1', kind: 'ConfigMap', name, namespace },
        this.signal,
      );
    } catch (error) {
      throw error instanceof ClusterRefusal
        ? toError([{ refusal: error }])
        : error;
    }
  }

  /** What was listed ahead is taken once: asked again, it is read again. */
  #takeKind(kind: ObjectKind): Promise<KindList> {
    const ahead = this.#ahead.get(keyOf(kind));
    this.#ahead.delete(keyOf(kind));
    return ahead ?? this.#listKind(kind);
  }

  async #listKind(kind: ObjectKind): Promise<KindList> {
    const { namespace } = this.set;
    try {
      const objects = await this.cluster.list(
        kind,
        { namespace, labels: memberSelector(this.set) },
        this.signal,
      );
      return { objects };
    } catch (refusal) {
      if (!(refusal instanceof ClusterRefusal)) throw refusal;
      // A kind of the record may be gone from the cluster; of one that is wanted the dry run tells.
      const isGone = refusal.refused.status === 404;
      return { objects: [], ...(!isGone && { refusal: { refusal } }) };
    }
  }
}

interface KindList {
  readonly objects: readonly KubernetesObject[];
  readonly refusal?: RefusedRequest;
}

function keyOf({ apiVersion, kind }: ObjectKind): string {
  return `${kind} ${apiVersion}`;
}
