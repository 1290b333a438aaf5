import { DojoError } from 'backstage-plugin-dojo-common';
import { toPrintable } from '../../text/to-printable';

/** Characters of the API server's own sentence: it may hold a difference of whole objects. */
const maxSaid = 500;

function said(text: string): string {
  const shown = toPrintable(text);
  return shown.length > maxSaid ? `${shown.slice(0, maxSaid)}…` : shown;
}

/** A field that somebody else owns. */
export interface FieldConflict {
  readonly field: string;
  readonly manager: string;
  /** As they may be shown; absent: it is not there, or not known. */
  readonly before?: string;
  readonly after?: string;
}

/** A right that is missing, in the words of RBAC. */
export interface MissingRight {
  readonly verbs: readonly string[];
  readonly resource: string;
  /** Empty: the core group. */
  readonly group: string;
  readonly namespace: string | undefined;
}

/** The verbs that mode apply uses; `delete` only where it prunes. */
const usedVerbs = ['get', 'list', 'watch', 'create', 'patch'];

const maxConflicts = 5;

const stays =
  'The overlay stays as it is: roll back with --rollback-to previous, or deploy a version that works.';

/** What has to be put right first. */
const gravity = [
  'input',
  'not-found',
  'refused',
  'denied',
  'unavailable',
  'conflict',
];

/**
 * What keeps a deployment from changing a cluster. `object`: `Deployment ledger`. Texts of the API server come bounded and
 * on one line.
 */
export const applyErrors = {
  admissionDenied: (object: string, by: string, reason: string) =>
    new DojoError({
      code: 'APPLY_ADMISSION_DENIED',
      kind: 'refused',
      message: `${object} is denied by ${by}: ${said(reason)}`,
      hint: 'Change the overlay so that the rule holds, or ask who runs the cluster.',
    }),
  clusterMissing: (environment: string) =>
    new DojoError({
      code: 'APPLY_CLUSTER_MISSING',
      kind: 'input',
      message: `mode apply needs the cluster of ${environment}, and none is configured`,
      hint: 'Name one: --kubeconfig at a terminal, cluster in dojo.environments in the portal; or use mode commit or pull-request.',
    }),
  conflict: (object: string, conflicts: readonly FieldConflict[]) => {
    const shown = conflicts
      .slice(0, maxConflicts)
      .map(({ field, manager, before, after }) =>
        said(
          `${field} belongs to ${quotedManager(manager)}: it is ${
            before ?? 'not set'
          }, the overlay wants ${after ?? 'none'}`,
        ),
      );
    const more = conflicts.length - shown.length;
    return new DojoError({
      code: 'APPLY_CONFLICT',
      kind: 'conflict',
      message: `${object}: ${shown.join('; ')}${
        more > 0 ? `; and ${more} more` : ''
      }`,
      hint: 'Ask who set it. To set it by the overlay from now on, deploy with --conflicts takeover; to leave it to them, take it out of the overlay.',
    });
  },
  fieldImmutable: (
    object: string,
    field: string,
    values: { readonly before?: string; readonly after?: string },
    reason: string,
  ) =>
    new DojoError({
      code: 'APPLY_FIELD_IMMUTABLE',
      kind: 'refused',
      message:
        values.before === undefined && values.after === undefined
          ? `${object}: ${field} cannot change: ${said(reason)}`
          : `${object}: ${field} cannot change from ${
              values.before ?? 'none'
            } to ${values.after ?? 'none'}`,
      hint: 'Put back what lives there, or give the object a new name: no apply changes this field, and nothing is deleted and made again for it.',
    }),
  forbidden: (user: string | undefined, rights: readonly MissingRight[]) => {
    const may = rights.map(
      ({ verbs, resource, group, namespace }) =>
        `${verbs.join(' and ')} ${resource}${group ? `.${group}` : ''}${
          namespace ? ` in namespace ${namespace}` : ''
        }`,
    );
    const rules = rights.map(
      ({ verbs, resource, group }) =>
        `{apiGroups: ['${group}'], resources: [${resource}], verbs: [${[
          ...new Set([
            ...usedVerbs.filter(() => !verbs.includes('delete')),
            ...verbs,
          ]),
        ].join(', ')}]}`,
    );
    return new DojoError({
      code: 'APPLY_FORBIDDEN',
      kind: 'denied',
      message: `${
        user === undefined ? 'the credentials' : `user ${user}`
      } may not ${may.join('; ')}`,
      hint: `A Role of the namespace needs the ${
        rules.length > 1 ? 'rules' : 'rule'
      } ${rules.join(', ')}, and a RoleBinding to them.`,
    });
  },
  kindUnknown: (object: string, apiVersion: string) =>
    new DojoError({
      code: 'APPLY_KIND_UNKNOWN',
      kind: 'refused',
      message: `${object}: the cluster knows no such kind in ${apiVersion}`,
      hint: 'Have its CustomResourceDefinition installed, or leave it out of the overlay.',
    }),
  namespaceMissing: (namespace: string) =>
    new DojoError({
      code: 'APPLY_NAMESPACE_MISSING',
      kind: 'refused',
      message: `the cluster has no namespace ${namespace}`,
      hint: `Who runs the cluster makes it, with its quota and labels: kubectl create namespace ${namespace}.`,
    }),
  namespaceTerminating: (namespace: string) =>
    new DojoError({
      code: 'APPLY_NAMESPACE_TERMINATING',
      kind: 'refused',
      message: `the namespace ${namespace} is being deleted, and nothing new is made in it`,
      hint: 'Wait until it is gone, have it made again, and deploy then.',
    }),
  objectChanged: (object: string, reason: string) =>
    new DojoError({
      code: 'APPLY_OBJECT_CHANGED',
      kind: 'conflict',
      message: `${object} was changed by somebody else meanwhile: ${said(
        reason,
      )}`,
      hint: 'Run it again: it is looked at anew.',
    }),
  objectInvalid: (object: string, reason: string) =>
    new DojoError({
      code: 'APPLY_OBJECT_INVALID',
      kind: 'refused',
      message: `${object} is not valid: ${said(reason)}`,
      hint: 'Correct it in the base or the overlay.',
    }),
  quotaExceeded: (object: string, reason: string) =>
    new DojoError({
      code: 'APPLY_QUOTA_EXCEEDED',
      kind: 'refused',
      message: `${object}: ${said(reason)}`,
      hint: 'Ask for less, remove what is not needed any more, or have the quota raised.',
    }),
  refused: (object: string, reason: string) =>
    new DojoError({
      code: 'APPLY_REFUSED',
      kind: 'refused',
      message: `${object}: the cluster refuses it: ${said(reason)}`,
      hint: 'Correct what it names.',
    }),
  schemaInvalid: (object: string, reason: string) =>
    new DojoError({
      code: 'APPLY_SCHEMA_INVALID',
      kind: 'refused',
      message: `${object} does not fit its schema: ${said(reason)}`,
      hint: 'Look for a typo at that field, or for a field of a newer version of Kubernetes.',
    }),
  serverFailed: (object: string, reason: string) =>
    new DojoError({
      code: 'APPLY_SERVER_FAILED',
      kind: 'unavailable',
      message: `${object}: the cluster failed: ${said(reason)}`,
      hint: 'Run it again later.',
    }),
  /** After a scale to 0 nobody owns the number, so that an apply would raise it without a conflict. */
  stopped: (object: string, wanted: number) =>
    new DojoError({
      code: 'APPLY_STOPPED',
      kind: 'conflict',
      message: `${object} was stopped: it has 0 replicas by somebody’s hand, and the overlay wants ${wanted}`,
      hint: 'Ask who stopped it. To start it by the overlay, deploy with --conflicts takeover.',
    }),
  webhookFailed: (object: string, webhook: string, reason: string) =>
    new DojoError({
      code: 'APPLY_WEBHOOK_FAILED',
      kind: 'unavailable',
      message: `${object}: the admission webhook ${webhook} did not answer: ${said(
        reason,
      )}`,
      hint: 'Who runs the cluster looks after that webhook; run it again when it answers.',
    }),
  /** Several at once: the code and the kind are those of the gravest. */
  several: (errors: readonly DojoError[]) => {
    const sorted = [...errors].sort(
      (one, other) => gravity.indexOf(one.kind) - gravity.indexOf(other.kind),
    );
    const [gravest] = sorted;
    const shown = sorted.slice(0, maxConflicts).map(({ message }) => message);
    const more = sorted.length - shown.length;
    return new DojoError({
      code: gravest.code,
      kind: gravest.kind,
      message: `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
      ...(gravest.hint !== undefined && { hint: gravest.hint }),
    });
  },
  rolloutFailed: (what: string, cause: string, hint: string) =>
    new DojoError({
      code: 'DEPLOY_ROLLOUT_FAILED',
      kind: 'unavailable',
      message: `the rollout of ${what} failed: ${cause}`,
      hint: `${hint} ${stays}`,
    }),
  rolloutDeadline: (what: string, seconds: number, cause: string | undefined) =>
    new DojoError({
      code: 'DEPLOY_ROLLOUT_DEADLINE',
      kind: 'unavailable',
      message: `the rollout of ${what} did not end within ${seconds} seconds${
        cause === undefined ? '' : `: ${cause}`
      }`,
      hint: `Run it again to watch on, with a longer wait if that is what it needs. ${stays}`,
    }),
  sourceUnhealthy: (
    component: string,
    environment: string,
    object: string,
    reason: string,
  ) =>
    new DojoError({
      code: 'DEPLOY_SOURCE_UNHEALTHY',
      kind: 'refused',
      message: `${component} is not healthy in ${environment}, so it is not promoted: ${object}: ${said(
        reason,
      )}`,
      hint: `Make it healthy in ${environment} first, or name the version to deploy.`,
    }),
};

function quotedManager(manager: string): string {
  return `"${said(manager)}"`;
}
