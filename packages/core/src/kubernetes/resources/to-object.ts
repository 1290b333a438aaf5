import type { ObjectKind } from '../../cluster/cluster';
import type { KubernetesObject } from '../../cluster/kubernetes-object';

/**
 * An object of an answer. Items of a list come without `apiVersion` and `kind`, which are the list's.
 *
 * @returns undefined: it is none.
 */
export function toObject(
  value: unknown,
  kind: ObjectKind,
): KubernetesObject | undefined {
  if (!isRecord(value) || !isRecord(value.metadata)) return undefined;
  if (typeof value.metadata.name !== 'string') return undefined;
  const { apiVersion = kind.apiVersion, kind: own = kind.kind } = value;
  return { ...value, apiVersion, kind: own } as KubernetesObject;
}

/** A value with fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
