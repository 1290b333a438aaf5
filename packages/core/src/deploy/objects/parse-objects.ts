import { parseDocuments } from './parse-documents';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { objectErrors } from './object-errors';
import { fieldOf, isList, isMap } from './plain-value';
import type { PlainMap } from './plain-value';

/** Objects of one text; the API server gives lists of 500. */
const maxObjects = 20_000;
/** A list may be in a list, as `kubectl get` of several kinds prints. */
const maxListDepth = 4;

/**
 * The objects of a text: YAML of any number of documents, JSON, and in both lists of objects (`List`, `PodList`, a JSON
 * array). Empty documents are left out. An object without a name is taken, under the empty name.
 *
 * @param place the file that the text is of, for messages.
 * @throws DojoError OBJECTS_INVALID for what is no object, OBJECTS_TOO_LARGE for more than is read.
 */
export function parseObjects(text: string, place: string): KubernetesObject[] {
  const objects: KubernetesObject[] = [];
  const take = (value: unknown, where: string, depth: number) => {
    const items = itemsOf(value);
    if (items === undefined) {
      if (objects.length >= maxObjects) {
        throw objectErrors.tooLarge(place, `${maxObjects} objects`);
      }
      objects.push(toObject(value, where));
    } else if (depth >= maxListDepth) {
      throw objectErrors.invalid(where, 'lists are nested too deeply');
    } else {
      items.forEach((item, index) =>
        take(item, `${where}, item ${index + 1}`, depth + 1),
      );
    }
  };
  const documents = parseDocuments(text, place);
  documents.forEach((document, index) => {
    const where =
      documents.length === 1 ? place : `${place}, document ${index + 1}`;
    if (document !== null && document !== undefined) take(document, where, 0);
  });
  return objects;
}

/** The objects of a list; undefined: it is none. */
function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (isList(value)) return value;
  const kind = fieldOf(value, 'kind');
  const items = fieldOf(value, 'items');
  if (typeof kind !== 'string' || !kind.endsWith('List') || !isList(items)) {
    return undefined;
  }
  const apiVersion = fieldOf(value, 'apiVersion');
  // The API server leaves the kind of the items to the list.
  return kind === 'List'
    ? items
    : items.map(item =>
        isMap(item)
          ? { apiVersion, kind: kind.slice(0, -'List'.length), ...item }
          : item,
      );
}

function toObject(value: unknown, where: string): KubernetesObject {
  if (!isMap(value)) throw objectErrors.invalid(where, 'it is no mapping');
  const { apiVersion, kind, metadata = {} } = ownFields(value);
  if (typeof kind !== 'string' || kind === '') {
    throw objectErrors.invalid(where, 'it has no kind');
  }
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    throw objectErrors.invalid(where, 'it has no apiVersion');
  }
  const given = metadata ?? {};
  if (!isMap(given)) {
    throw objectErrors.invalid(where, 'its metadata is no mapping');
  }
  const name = textOf(given, 'name', where) ?? '';
  const namespace = textOf(given, 'namespace', where);
  return {
    ...value,
    apiVersion,
    kind,
    metadata: { ...given, name, namespace },
  };
}

function ownFields(value: PlainMap): PlainMap {
  return {
    apiVersion: fieldOf(value, 'apiVersion'),
    kind: fieldOf(value, 'kind'),
    metadata: fieldOf(value, 'metadata'),
  };
}

function textOf(
  metadata: PlainMap,
  field: string,
  where: string,
): string | undefined {
  const value = fieldOf(metadata, field) ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw objectErrors.invalid(where, `its metadata.${field} is no text`);
}
