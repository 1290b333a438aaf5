import type { DojoError } from 'backstage-plugin-dojo-common';
import type { ClusterRefusal } from '../../cluster/cluster-refusal';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { objectName } from '../objects/object-name';
import { toComparable } from '../lint/to-comparable';
import { fieldsAt } from '../lint/workloads';
import { applyErrors } from './apply-errors';
import { fieldValues } from './find-field';

/** What was to be written, and what lives. */
export interface RefusedWrite {
  readonly wanted: KubernetesObject;
  /** Absent: there is none, or it was not read. */
  readonly live?: KubernetesObject;
}

type Refused = ClusterRefusal['refused'];
type Explain = (
  refused: Refused,
  write: RefusedWrite,
  object: string,
) => DojoError | undefined;

/** Managers' names may hold anything but a quote mark that ends them. */
const conflictPattern = /^conflict with "((?:[^"\\]|\\.){1,200})"/;
const webhookPattern =
  /failed calling webhook "([^"]{1,253})": ([\s\S]{0,2000})/;
const dryRunPattern =
  /admission webhook "([^"]{1,253})" (does not support dry run[\s\S]{0,500})/;
const deniedPattern =
  /admission webhook "([^"]{1,253})" denied the request: ?([\s\S]{0,2000})/;
const policyPattern =
  /ValidatingAdmissionPolicy '([^']{1,253})' with binding '[^']{1,253}' denied request: ([\s\S]{0,2000})/;
const schemaPattern =
  /failed to create (?:typed patch object|manager for existing fields)[^:]{0,600}: ([\s\S]{1,2000})/;
const strictPattern = /strict decoding error: ([\s\S]{1,2000})/;
const userPattern =
  /User "([^"]{1,253})" cannot [a-z]{1,20} resource "[^"]{1,253}"/;
const immutablePattern =
  /immutable|may not be (?:changed|updated)|updates to \w+ spec for fields other than/i;

/** The first that knows what it is tells it. */
const explanations: readonly Explain[] = [
  ({ message }, _, object) => {
    const match = dryRunPattern.exec(message) ?? webhookPattern.exec(message);
    return match
      ? applyErrors.webhookFailed(object, match[1], match[2])
      : undefined;
  },
  ({ message }, _, object) => {
    const policy = policyPattern.exec(message);
    if (policy) {
      return applyErrors.admissionDenied(
        object,
        `the policy ${policy[1]}`,
        policy[2],
      );
    }
    const hook = deniedPattern.exec(message);
    return hook
      ? applyErrors.admissionDenied(object, `the webhook ${hook[1]}`, hook[2])
      : undefined;
  },
  ({ status, message, object: { namespace } }) =>
    status === 404 && /^namespaces "/.test(message)
      ? applyErrors.namespaceMissing(namespace ?? '')
      : undefined,
  ({ causes, message, object: { namespace } }) =>
    causes.some(({ reason }) => reason === 'NamespaceTerminating') ||
    /because it is being terminated/.test(message)
      ? applyErrors.namespaceTerminating(namespace ?? '')
      : undefined,
  ({ status, message }, _, object) => {
    if (status !== 403) return undefined;
    const quota = message.indexOf('exceeded quota:');
    return quota < 0
      ? undefined
      : applyErrors.quotaExceeded(object, message.slice(quota));
  },
  (refused, _, object) => {
    if (refused.status !== 403) return undefined;
    const { message, verb, resource, group } = refused;
    return userPattern.test(message)
      ? applyErrors.forbidden(userOf(message), [
          {
            verbs: [verb],
            resource,
            group,
            namespace: refused.object.namespace,
          },
        ])
      : applyErrors.admissionDenied(object, 'the cluster', message);
  },
  ({ status, message, causes }, { wanted, live }, object) => {
    if (status !== 409) return undefined;
    const conflicts = causes.flatMap(cause => {
      const match = conflictPattern.exec(cause.message);
      return match && cause.field !== undefined
        ? [
            {
              field: cause.field,
              manager: match[1],
              ...fieldValues(live, wanted, cause.field),
            },
          ]
        : [];
    });
    return conflicts.length > 0
      ? applyErrors.conflict(object, conflicts)
      : applyErrors.objectChanged(object, message);
  },
  ({ message }, _, object) => {
    const match = schemaPattern.exec(message) ?? strictPattern.exec(message);
    return match ? applyErrors.schemaInvalid(object, match[1]) : undefined;
  },
  ({ status, causes, message }, write, object) => {
    if (status !== 422) return undefined;
    const fixed = causes.find(cause => immutablePattern.test(cause.message));
    if (fixed?.field !== undefined) {
      const field = fixed.field.startsWith('.')
        ? fixed.field
        : `.${fixed.field}`;
      return applyErrors.fieldImmutable(
        object,
        field,
        field === '.spec.selector'
          ? selectorsOf(write)
          : fieldValues(write.live, write.wanted, field),
        withoutGoDiff(fixed.message),
      );
    }
    const sentences = causes
      .filter(({ field }) => field !== undefined)
      .map(cause => `${cause.field}: ${cause.message}`);
    return applyErrors.objectInvalid(
      object,
      sentences.length > 0 ? sentences.join('; ') : message,
    );
  },
  ({ status, message }, { wanted }, object) =>
    status === 404 && !message.includes(`"${wanted.metadata.name}"`)
      ? applyErrors.kindUnknown(object, wanted.apiVersion)
      : undefined,
];

/**
 * What the API server refused, in a sentence that says whose turn it is; pure. Its words are told from each other by the
 * fields of its Status, and by its sentences where those have none (measured on kube-apiserver 1.36).
 */
export function explainRefusal(
  { refused }: ClusterRefusal,
  write: RefusedWrite,
): DojoError {
  const object = objectName(write.wanted);
  for (const explain of explanations) {
    const error = explain(refused, write, object);
    if (error !== undefined) return error;
  }
  return refused.status >= 500 || refused.status === 429
    ? applyErrors.serverFailed(object, refused.message)
    : applyErrors.refused(object, refused.message);
}

/** The user that a refusal names; undefined: none. */
export function userOf(message: string): string | undefined {
  return userPattern.exec(message)?.[1];
}

/** The managers of a conflict of fields; empty: it is none. */
export function managersOf({ refused }: ClusterRefusal): string[] {
  if (refused.status !== 409) return [];
  return refused.causes.flatMap(({ message }) => {
    const match = conflictPattern.exec(message);
    return match ? [match[1]] : [];
  });
}

/** Both sets of labels, whole: one label more is as wrong as another value. */
function selectorsOf({ wanted, live }: RefusedWrite) {
  const shown = (object: KubernetesObject | undefined) =>
    object && toComparable(fieldsAt(object, ['spec', 'selector']));
  const [before, after] = [shown(live), shown(wanted)];
  return {
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}

/** What follows the first line is a difference of Go structs. */
function withoutGoDiff(message: string): string {
  const [line] = message.split('\n');
  const value = /^Invalid value: [\s\S]*: (field is immutable)$/.exec(line);
  return value ? value[1] : line;
}
