import type { DeliveryDrift } from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { locate, showFieldPath } from '../apply/field-set';
import type { FieldPath } from '../apply/field-set';
import { fieldManager, isOwn, managedFieldsOf } from '../apply/managed-fields';
import type { ManagedFields } from '../apply/managed-fields';
import { isAutoscaler, ownersOfReplicas } from '../apply/replicas-owners';
import { countAt, mapsAt, textAt } from '../health/object-fields';
import { fieldOf, isList, isMap } from '../objects/plain-value';
import { toPrintable } from '../../text/to-printable';
import { imageParts } from './image-parts';

const hidden = '(hidden)';

/** Of an environment variable may be anything; who changed it sees in the overlay what it was. */
const hiddenValue = /\.env\[name="[^"]*"\]\.value$/;

const containersPath = ['spec', 'template', 'spec', 'containers'];

/** What the applied configuration set, as it was right after it was applied. */
export interface Baseline {
  /** When it was applied: `time` of its entry in `managedFields`. */
  readonly time: string;
  /** By the field, as it is shown. */
  readonly values: Readonly<Record<string, string>>;
}

/** What {@link readDrift} found. */
export interface ReadDrift {
  readonly drift: DeliveryDrift | { readonly kind: 'unapplied' };
  readonly baseline?: Baseline;
}

type DriftedField = Extract<
  DeliveryDrift,
  { kind: 'drifted' }
>['fields'][number];

/** Fields of one object that are kept; one that sets more is compared by its first ones. */
const maxFields = 400;
const maxShown = 10;
const replicasPath = '.spec.replicas';
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const maxLastApplied = 262_144;
/** What the API server keeps under its own name when its controllers write. */
const controllers = 'kube-controller-manager';

const replicasOfAutoscaler = {
  field: 'replicas',
  owner: 'autoscaler',
  sentence: 'replicas belongs to the autoscaler; it is left alone.',
} as const;

/**
 * Which fields that the applied configuration set have another value now, by whom, and since when. Only fields that it set
 * are looked at: what the API server fills in, an admission adds or a controller owns is none of its own.
 *
 * `managedFields` tell who owns a field and no values, and whoever changes a field becomes its owner; so what was applied is
 * remembered from when it was whole (`baseline`). Where a change is older than that, the replicas and the images alone are
 * told, the two fields whose wanted values are known elsewhere: one, since a single writer has one replica, and the digest
 * that git wants.
 *
 * Pure. @param baseline of the reading before; absent: there was none.
 */
export function readDrift(
  deployment: KubernetesObject,
  {
    baseline,
    digest,
  }: { readonly baseline?: Baseline; readonly digest?: string } = {},
): ReadDrift {
  const entries = managedFieldsOf(deployment);
  const applied = entries.find(isOwn) ?? entries.find(isOfController);
  if (applied === undefined) return { drift: fromLastApplied(deployment) };
  const time = String(applied.entry.time ?? '');
  const kept =
    baseline?.time === time ? baseline : baselineOf(deployment, applied, time);
  const fields = [
    ...changedFields(deployment, kept, entries),
    ...takenFields(deployment, kept, applied, entries, digest),
  ];
  return { drift: toDrift(fields, entries), baseline: kept };
}

/** A controller of the git modes that applies on the server's side. */
function isOfController({ manager, operation, subresource }: ManagedFields) {
  return (
    operation === 'Apply' &&
    subresource === '' &&
    /^(?:argocd|kustomize|flux)/.test(manager)
  );
}

function baselineOf(
  deployment: KubernetesObject,
  { fields }: ManagedFields,
  time: string,
): Baseline {
  const values: Record<string, string> = {};
  let count = 0;
  for (const path of fields.values()) {
    if (path[0] !== 'f:spec' || path.at(-1) === '.') continue;
    if (count >= maxFields) break;
    const value = valueOf(deployment, path);
    if (value === undefined) continue;
    values[showFieldPath(path)] = value;
    count += 1;
  }
  return { time, values };
}

function changedFields(
  deployment: KubernetesObject,
  { values }: Baseline,
  entries: readonly ManagedFields[],
): DriftedField[] {
  const now = new Map<string, { path: FieldPath; by: ManagedFields }>();
  for (const by of entries) {
    for (const path of by.fields.values()) {
      const shown = showFieldPath(path);
      if (Object.hasOwn(values, shown)) now.set(shown, { path, by });
    }
  }
  return Object.entries(values).flatMap(([shown, wanted]) => {
    const found = now.get(shown);
    if (found !== undefined && isOfItself(found.by)) return [];
    const live = found && valueOf(deployment, found.path);
    if (live === wanted) return [];
    if (shown === replicasPath)
      return replicasField(deployment, wanted, entries);
    // A field that nobody owns any more was removed, or went with the list entry that it was in.
    return [toField(deployment, shown, wanted, live ?? '', found?.by, entries)];
  });
}

/** Whether it is what applied, or this program's own scaling while a migration holds the database. */
function isOfItself(entry: ManagedFields): boolean {
  return (
    isOwn(entry) || isOfController(entry) || entry.manager === fieldManager
  );
}

/** A number that somebody set; one that an autoscaler has is left alone. */
function replicasField(
  deployment: KubernetesObject,
  wanted: string,
  entries: readonly ManagedFields[],
): DriftedField[] {
  const live = String(countAt(deployment, 'spec', 'replicas') ?? 1);
  if (live === wanted) return [];
  const owners = ownersOfReplicas(entries);
  if (owners.some(entry => isOfItself(entry) || isAutoscaler(entry))) return [];
  return [toField(deployment, replicasPath, wanted, live, owners[0], entries)];
}

/** Replicas and images that somebody has taken over before the baseline was kept. */
function takenFields(
  deployment: KubernetesObject,
  { values }: Baseline,
  applied: ManagedFields,
  entries: readonly ManagedFields[],
  digest: string | undefined,
): DriftedField[] {
  return entries.flatMap(by => {
    if (isOfItself(by) || by.manager === controllers) return [];
    return [...by.fields].flatMap(([id, path]) => {
      const shown = showFieldPath(path);
      if (Object.hasOwn(values, shown) || applied.fields.has(id)) return [];
      if (shown === replicasPath)
        return replicasField(deployment, '1', entries);
      const isImage =
        path.at(-1) === 'f:image' && path.includes('f:containers');
      const live = isImage ? valueOf(deployment, path) : undefined;
      if (live === undefined) return [];
      if (digest !== undefined && live.endsWith(`@${digest}`)) return [];
      return [toField(deployment, shown, digest ?? '', live, by, entries)];
    });
  });
}

/** What client-side apply left, of kubectl or of a controller: it holds the values themselves. */
function fromLastApplied(deployment: KubernetesObject): ReadDrift['drift'] {
  const text = deployment.metadata.annotations?.[lastApplied];
  if (text === undefined || text.length > maxLastApplied) {
    return { kind: 'unapplied' };
  }
  let wanted: unknown;
  try {
    wanted = JSON.parse(text);
  } catch {
    return { kind: 'unapplied' };
  }
  const entries = managedFieldsOf(deployment);
  const replicas = countAt(wanted, 'spec', 'replicas');
  const live = mapsAt(deployment, ...containersPath);
  const fields = [
    ...(replicas === undefined
      ? []
      : replicasField(deployment, String(replicas), entries)),
    ...mapsAt(wanted, ...containersPath).flatMap(container => {
      const name = textAt(container, 'name');
      const image = textAt(container, 'image');
      const now = textAt(
        live.find(each => each.name === name),
        'image',
      );
      const shown = `.spec.template.spec.containers[name=${JSON.stringify(
        name,
      )}].image`;
      return image === undefined || image === now
        ? []
        : [toField(deployment, shown, image, now ?? '', undefined, entries)];
    }),
  ];
  return toDrift(fields, entries);
}

function toDrift(
  fields: readonly DriftedField[],
  entries: readonly ManagedFields[],
): DeliveryDrift {
  const left = ownersOfReplicas(entries).some(isAutoscaler)
    ? { leftAlone: [replicasOfAutoscaler] }
    : {};
  return fields.length === 0
    ? { kind: 'none', ...left }
    : {
        kind: 'drifted',
        fields: fields.slice(0, maxShown),
        omitted: Math.max(0, fields.length - maxShown),
        ...left,
      };
}

function toField(
  { metadata }: KubernetesObject,
  shown: string,
  wanted: string,
  live: string,
  by: ManagedFields | undefined,
  entries: readonly ManagedFields[],
): DriftedField {
  const entry = by ?? lastOther(entries);
  const at = entry && toInstant(entry.entry.time);
  const isImage = /\.containers\[name="[^"]*"\]\.image$/.test(shown);
  const [from, to] = isImage
    ? imageParts(wanted, live)
    : shownValues(shown, wanted, live);
  return {
    object: `Deployment/${metadata.name}`,
    field: isImage ? 'image' : shortField(shown),
    wanted: from,
    live: to,
    manager: entry === undefined ? 'somebody' : nameOf(entry),
    ...(at !== undefined && { at }),
  };
}

function shownValues(
  shown: string,
  wanted: string,
  live: string,
): [string, string] {
  return hiddenValue.test(shown) ? [hidden, hidden] : [wanted, live];
}

function shortField(shown: string): string {
  return shown === replicasPath ? 'replicas' : shown;
}

/** Who wrote last, of those that are neither what applied nor a controller of the cluster. */
function lastOther(
  entries: readonly ManagedFields[],
): ManagedFields | undefined {
  return entries
    .filter(entry => !isOfItself(entry) && entry.manager !== controllers)
    .sort((one, other) =>
      String(one.entry.time) < String(other.entry.time) ? -1 : 1,
    )
    .at(-1);
}

/** `kubectl-edit`, `kubectl-set`, `kubectl-client-side-apply`: to a reader all of them are kubectl. */
function nameOf({ manager }: ManagedFields): string {
  return /^kubectl(?:-|$)/.test(manager) ? 'kubectl' : toPrintable(manager);
}

function toInstant(time: unknown): string | undefined {
  const date = new Date(typeof time === 'string' ? time : '');
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function valueOf(object: unknown, path: FieldPath): string | undefined {
  const steps = locate(object, path);
  if (steps === undefined) return undefined;
  const value = steps.reduce<unknown>(
    (at, step) =>
      typeof step === 'number' && isList(at)
        ? at[step]
        : fieldOf(at, `${step}`),
    object,
  );
  if (value === undefined) return undefined;
  return toPrintable(
    isMap(value) || isList(value) ? JSON.stringify(value) : String(value),
  );
}
