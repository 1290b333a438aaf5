import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { maxListBytes, maxListObjects } from '../resources/list-objects';

/**
 * What a watch that begins with all that is there has told so far. It is no snapshot before its bookmark has come: until then
 * something may be missing, and what came already may change again.
 */
export class InitialObjects {
  readonly #objects = new Map<string, KubernetesObject>();
  #length = 0;

  /** @returns undefined; or the limit that is exceeded, those of a list. */
  take(
    kind: 'changed' | 'removed',
    object: KubernetesObject,
    /** Characters of the event. */
    length: number,
  ): string | undefined {
    const { namespace, name } = object.metadata;
    const key = `${namespace ?? ''}/${name}`;
    if (kind === 'changed') this.#objects.set(key, object);
    else this.#objects.delete(key);
    this.#length += length;
    if (this.#length > maxListBytes) return `${maxListBytes} bytes`;
    return this.#objects.size > maxListObjects
      ? `${maxListObjects} objects`
      : undefined;
  }

  /** In the order in which they came. */
  get objects(): readonly KubernetesObject[] {
    return [...this.#objects.values()];
  }
}
