import type { Cluster, ObjectKind } from '../../cluster/cluster';
import { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { isRecord, memberSelector, readRecord, recordName } from './apply-set';
import type { ApplySet, SetRecord } from './apply-set';
import { inLanes } from './in-lanes';
import { toError } from './refused-writes';
import type { RefusedRequest } from './refused-writes';

/**
 * Reads the objects of a set, and its record. The record has the label of the set too, so that a list of ConfigMaps tells of
 * it: it is asked for only where none was listed, or the record is of a run before it had the label.
 */
export class SetReader {
  #record: SetRecord | undefined;
  #isLooked = false;

  constructor(
    private readonly cluster: Cluster,
    private readonly set: ApplySet,
    private readonly signal: AbortSignal,
  ) {}

  /** @returns the objects with the label of the set. Refusals are kept for later: others may follow. */
  async list(
    kinds: readonly ObjectKind[],
    refused: RefusedRequest[],
  ): Promise<readonly KubernetesObject[]> {
    const lists = await inLanes(kinds, kind => this.#listKind(kind, refused));
    return lists.flat().filter(object => !this.#takesRecord(object));
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

  async #listKind(
    kind: ObjectKind,
    refused: RefusedRequest[],
  ): Promise<readonly KubernetesObject[]> {
    const { namespace } = this.set;
    try {
      return await this.cluster.list(
        kind,
        { namespace, labels: memberSelector(this.set) },
        this.signal,
      );
    } catch (refusal) {
      if (!(refusal instanceof ClusterRefusal)) throw refusal;
      // A kind of the record may be gone from the cluster; of one that is wanted the dry run tells.
      if (refusal.refused.status !== 404) refused.push({ refusal });
      return [];
    }
  }
}
