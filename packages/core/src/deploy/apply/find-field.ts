import type { ObjectDiff } from 'backstage-plugin-dojo-common';
import type { KubernetesObject } from '../../cluster/kubernetes-object';
import { diffObjects } from '../objects/diff-objects';
import { fieldOf, isList, isMap } from '../objects/plain-value';

type Steps = readonly (string | number)[];

/** Characters; the longest path that the API server names is far below. */
const maxPath = 4_000;

/**
 * Where the field stands that a message of the API server names, `.spec.containers[name="ledger"].image`. Keys with dots
 * stand there as they are, `.metadata.labels.app.kubernetes.io/name`, so that the longest key of the object that fits is it.
 *
 * @returns undefined: the object has no such field.
 */
export function findField(object: unknown, path: string): Steps | undefined {
  if (path.length > maxPath) return undefined;
  const steps: (string | number)[] = [];
  let at = object;
  let rest = path.startsWith('.') || path.startsWith('[') ? path : `.${path}`;
  while (rest !== '') {
    const found = rest.startsWith('.') ? keyAt(at, rest) : entryAt(at, rest);
    if (found === undefined) return undefined;
    steps.push(found.step);
    at = found.value;
    rest = rest.slice(found.length);
  }
  return steps;
}

interface FoundStep {
  readonly step: string | number;
  readonly value: unknown;
  /** Characters of the path that name it. */
  readonly length: number;
}

function keyAt(at: unknown, rest: string): FoundStep | undefined {
  if (!isMap(at)) return undefined;
  let longest: string | undefined;
  for (const key of Object.keys(at)) {
    const next = rest[key.length + 1];
    const ends = next === undefined || next === '.' || next === '[';
    if (
      ends &&
      rest.startsWith(key, 1) &&
      (longest === undefined || key.length > longest.length)
    ) {
      longest = key;
    }
  }
  return longest === undefined
    ? undefined
    : { step: longest, value: at[longest], length: longest.length + 1 };
}

const keyPattern = /^([A-Za-z][A-Za-z0-9]*)=("(?:[^"\\]|\\.)*"|[^,\]]*)(,|\])/;

function entryAt(at: unknown, rest: string): FoundStep | undefined {
  if (!isList(at)) return undefined;
  const number = /^\[(\d{1,9})\]/.exec(rest);
  if (number) {
    const step = Number(number[1]);
    return at[step] === undefined
      ? undefined
      : { step, value: at[step], length: number[0].length };
  }
  const keys: [string, unknown][] = [];
  let length = 1;
  for (;;) {
    const match = keyPattern.exec(rest.slice(length));
    if (match === null) return undefined;
    keys.push([match[1], valueOf(match[2])]);
    length += match[0].length;
    if (match[3] === ']') break;
  }
  const step = at.findIndex(entry =>
    keys.every(([key, value]) => {
      const held = fieldOf(entry, key);
      // The server fills it in.
      return held === undefined ? key === 'protocol' : held === value;
    }),
  );
  return step < 0 ? undefined : { step, value: at[step], length };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What a field holds, live and wanted, as it may be shown. */
export type FieldValues = Pick<
  ObjectDiff['fields'][number],
  'before' | 'after'
>;

/**
 * The two values of a field, masked as in every difference that is shown: they are those of a difference of the live object
 * and one that has the wanted value there.
 */
export function fieldValues(
  live: KubernetesObject | undefined,
  wanted: KubernetesObject,
  path: string,
): FieldValues {
  const [from, to] = [findField(live, path), findField(wanted, path)];
  const only = (object: unknown, steps: Steps | undefined) =>
    steps ? onlyPath(object, steps) : undefined;
  const [one, other] = [only(live, from), only(wanted, to)];
  const name = (spec: unknown) =>
    ({
      ...(isMap(spec) ? spec : {}),
      apiVersion: wanted.apiVersion,
      kind: wanted.kind,
      metadata: { ...metadataOf(spec), name: wanted.metadata.name },
    } as KubernetesObject);
  const [diff] = diffObjects([name(one)], [name(other)]);
  const [field] = diff?.fields ?? [];
  return field === undefined
    ? {}
    : {
        ...(field.before !== undefined && { before: field.before }),
        ...(field.after !== undefined && { after: field.after }),
      };
}

function metadataOf(object: unknown) {
  const metadata = fieldOf(object, 'metadata');
  return isMap(metadata) ? metadata : {};
}

/** The object with nothing in it but what leads to the field, and what names the entries on the way. */
function onlyPath(object: unknown, steps: Steps): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return object;
  if (typeof step === 'number') {
    const entry = isList(object) ? object[step] : undefined;
    const inside = onlyPath(entry, rest);
    return [isMap(inside) ? { ...namesOf(entry), ...inside } : inside];
  }
  return { [step]: onlyPath(fieldOf(object, step), rest) };
}

/** What lists are keyed by (list-entries.ts). */
const nameKeys = ['name', 'containerPort', 'port', 'protocol', 'mountPath'];

function namesOf(entry: unknown): Record<string, unknown> {
  return isMap(entry)
    ? Object.fromEntries(
        nameKeys
          .filter(key => Object.hasOwn(entry, key))
          .map(key => [key, entry[key]]),
      )
    : {};
}
