import type { ObjectKind } from '../../cluster/cluster';
import { toPrintable } from '../../text/to-printable';
import { kubernetesErrors } from '../kubernetes-errors';
import type { Resource } from './resource';

// Kubernetes API conventions, "Names": lower-case domain names, of versions and groups too.
const groupPattern = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;
const versionPattern = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const namespacePattern = versionPattern;
const kindPattern = /^[A-Za-z][A-Za-z0-9]{0,62}$/;
// The API server's own rule for a name in a path (IsValidPathSegmentName); what a name may be is each kind's.
const namePattern = /^[^/%\p{Cc}\p{Surrogate}]{1,253}$/u;

/**
 * Group and version of an `apiVersion`; the core group is empty.
 *
 * @throws DojoError CLUSTER_OBJECT_INVALID where it, or the kind, is none.
 */
export function parseApiVersion({ apiVersion, kind }: ObjectKind): {
  readonly group: string;
  readonly version: string;
} {
  const parts = apiVersion.split('/');
  const version = parts.pop() ?? '';
  const group = parts[0] ?? '';
  const isGood =
    parts.length <= 1 &&
    versionPattern.test(version) &&
    (parts.length === 0 || groupPattern.test(group)) &&
    kindPattern.test(kind);
  if (isGood) return { group, version };
  throw kubernetesErrors.objectInvalid(
    `${toPrintable(kind)} of ${toPrintable(apiVersion)}`,
    'this is no kind of object',
  );
}

/** What a path leads to. */
export interface PathTarget {
  readonly namespace?: string;
  /** Absent: the collection. */
  readonly name?: string;
  readonly subresource?: string;
}

/**
 * Path of an object or a collection in the API, each segment encoded, nothing lower-cased.
 *
 * @throws DojoError CLUSTER_OBJECT_INVALID where a name is none, or an object of a namespace names none.
 */
export function resourcePath(resource: Resource, target: PathTarget): string {
  const { group, version, plural, namespaced } = resource;
  const { namespace, name, subresource } = target;
  const subject = `${plural} ${toPrintable(name ?? '')}`.trim();
  const parts = group === '' ? ['api', version] : ['apis', group, version];
  if (namespaced && namespace !== undefined) {
    if (!namespacePattern.test(namespace)) {
      throw kubernetesErrors.objectInvalid(
        subject,
        `"${toPrintable(namespace)}" is no name of a namespace`,
      );
    }
    parts.push('namespaces', namespace);
  } else if (namespaced && name !== undefined) {
    throw kubernetesErrors.objectInvalid(subject, 'it has no namespace');
  }
  parts.push(plural);
  if (name !== undefined) {
    if (!namePattern.test(name) || name === '.' || name === '..') {
      throw kubernetesErrors.objectInvalid(
        subject,
        `"${toPrintable(name)}" is no name of an object`,
      );
    }
    parts.push(name);
  }
  if (subresource !== undefined) parts.push(subresource);
  return `/${parts.map(encodeURIComponent).join('/')}`;
}

/** A query string with its `?`; what is undefined or false is left out. */
export function toQuery(
  parameters: Readonly<Record<string, string | number | boolean | undefined>>,
): string {
  const written = Object.entries(parameters)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return written.length === 0 ? '' : `?${written.join('&')}`;
}
