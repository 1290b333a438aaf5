import { readYaml } from '../yaml/read-yaml';
import { toPlainValue } from '../yaml/yaml-value';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { renderErrors } from '../render-errors';

/** What kustomize printed was read by it before, and is bounded in bytes. */
const limits = { maxValues: 5_000_000, maxDepth: 200 };

/**
 * The objects that kustomize printed, read as kubectl reads them.
 *
 * @throws DojoError RENDER_INVALID.
 */
export function parseRendered(printed: string): KubernetesObject[] {
  return splitDocuments(printed).flatMap(text => {
    const read = readYaml(text, limits);
    if (read.kind === 'invalid') throw renderErrors.invalid(read.why);
    return read.documents.map(document => {
      const value = toPlainValue(document);
      if (!isObject(value)) {
        throw renderErrors.invalid(
          'it is no object with apiVersion, kind and a name',
        );
      }
      return value;
    });
  });
}

/** One at a time takes less memory. A `---` at the begin of a line is nothing else in what has a mapping at its root. */
function splitDocuments(printed: string): string[] {
  return printed.split(/^---$/m).filter(text => text.trim() !== '');
}

function isObject(value: unknown): value is KubernetesObject {
  if (!isRecord(value) || !isRecord(value.metadata)) return false;
  const { apiVersion, kind, metadata } = value;
  return [apiVersion, kind, metadata.name].every(
    text => typeof text === 'string' && text !== '',
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
