import type { JsonPatchOperation } from '../../cluster/cluster';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { isList, isMap } from '../objects/plain-value';
import {
  locate,
  readFieldSet,
  toFieldsV1,
  unionOf,
  without,
} from './field-set';
import type { FieldPath } from './field-set';
import {
  fieldManager,
  isClientSide,
  isOwn,
  managedFieldsOf,
} from './managed-fields';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
/** Characters; the API server takes 256 KiB of annotations. */
const maxLastApplied = 262_144;

/** The managers whose fields are taken over, in the order of their entries; none: nothing is left of `kubectl apply`. */
export function adoptedManagers(live: KubernetesObject): string[] {
  return [
    ...new Set(
      managedFieldsOf(live)
        .filter(isClientSide)
        .map(({ manager }) => manager),
    ),
  ];
}

/**
 * The patch by which this program owns what client-side `kubectl apply` owned: managers change, and not one value. The next
 * apply then removes what the overlay does not have. It fails where the object was changed since it was read.
 */
export function adoptionPatch(live: KubernetesObject): JsonPatchOperation[] {
  const entries = managedFieldsOf(live);
  const left = entries.filter(isClientSide);
  const own = entries.find(isOwn);
  const taken = own ? [own, ...left] : left;
  const fields = unionOf(taken.map(({ fields: set }) => set));
  const { subresource, time, ...model } = taken[0].entry;
  return [
    {
      op: 'test',
      path: '/metadata/resourceVersion',
      value: live.metadata.resourceVersion,
    },
    {
      op: 'replace',
      path: '/metadata/managedFields',
      value: [
        ...entries
          .filter(entry => !taken.includes(entry))
          .map(({ entry }) => entry),
        {
          ...model,
          ...(time !== undefined && { time }),
          manager: fieldManager,
          operation: 'Apply',
          fieldsV1: toFieldsV1(fields),
        },
      ],
    },
  ];
}

/**
 * What an apply makes of an object after {@link adoptionPatch}, from the answer to its dry run before: the dry run keeps
 * what `kubectl apply` still owns (kubernetes/kubernetes#99003). Gone are the fields that a person applied, that nobody
 * else owns and that the overlay does not have; what kubectl owns beside is what the API server filled in, and fills in
 * again.
 */
export function afterAdoption(
  live: KubernetesObject,
  expected: KubernetesObject,
): KubernetesObject {
  const applied = readLastApplied(live);
  const entries = managedFieldsOf(live);
  const isTaken = (entry: (typeof entries)[number]) =>
    isClientSide(entry) || isOwn(entry);
  const going = without(
    unionOf(entries.filter(isClientSide).map(({ fields }) => fields)),
    [
      ...entries.filter(entry => !isTaken(entry)).map(({ fields }) => fields),
      ...managedFieldsOf(expected)
        .filter(isOwn)
        .map(({ fields }) => fields),
    ],
  );
  const kept = structuredClone(expected) as KubernetesObject;
  const isWritten = (path: FieldPath) =>
    path.at(-1) !== '.' && locate(applied, path) !== undefined;
  const leaves = [...going.values()].filter(
    path => isWritten(path) || isLastApplied(path),
  );
  // An entry of a list goes as a whole: its own name, and what is in it.
  const items = [...going.values()].filter(
    path =>
      path.at(-1) === '.' &&
      path.at(-2)?.startsWith('k:') &&
      locate(applied, path) !== undefined,
  );
  // The items first: without the field that names it, none is found any more.
  for (const path of [...items, ...leaves]) remove(kept, path);
  // A map that held nothing else is none any more.
  const maps = [...going.values()]
    .filter(path => path.at(-1) === '.')
    .sort((one, other) => other.length - one.length);
  for (const path of maps) removeEmpty(kept, path);
  return kept;
}

function isLastApplied(path: FieldPath): boolean {
  return path.at(-1) === `f:${lastApplied}`;
}

function readLastApplied({ metadata }: KubernetesObject): unknown {
  const text = metadata.annotations?.[lastApplied];
  if (text === undefined || text.length > maxLastApplied) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parentOf(
  object: unknown,
  path: FieldPath,
): { readonly parent: unknown; readonly key: string | number } | undefined {
  const steps = locate(object, path);
  const key = steps?.at(-1);
  if (steps === undefined || key === undefined) return undefined;
  const parent = steps
    .slice(0, -1)
    .reduce<unknown>(
      (at, step) => (at as Record<string | number, unknown>)[step],
      object,
    );
  return { parent, key };
}

function remove(object: unknown, path: FieldPath): void {
  const found = parentOf(object, path);
  if (found === undefined) return;
  const { parent, key } = found;
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete (parent as Record<string, unknown>)[key];
}

function removeEmpty(object: unknown, path: FieldPath): void {
  const found = parentOf(object, path);
  if (found === undefined) return;
  const value = (found.parent as Record<string | number, unknown>)[found.key];
  const isEmpty =
    (isList(value) && value.length === 0) ||
    (isMap(value) && Object.keys(value).length === 0);
  if (isEmpty) remove(object, path);
}

/** Fields of others that an apply by force takes: who loses which. */
export function takenFields(
  live: KubernetesObject,
  expected: KubernetesObject,
): { readonly manager: string; readonly paths: readonly FieldPath[] }[] {
  const after = managedFieldsOf(expected);
  const own = after.find(isOwn)?.fields ?? readFieldSet(undefined);
  return managedFieldsOf(live)
    .filter(entry => !isOwn(entry) && !isClientSide(entry))
    .map(({ manager, operation, subresource, fields }) => {
      const kept = after.find(
        other =>
          other.manager === manager &&
          other.operation === operation &&
          other.subresource === subresource,
      );
      return {
        manager,
        paths: [...without(fields, kept ? [kept.fields] : []).values()].filter(
          path => own.has(JSON.stringify(path)) && path.at(-1) !== '.',
        ),
      };
    })
    .filter(({ paths }) => paths.length > 0);
}
