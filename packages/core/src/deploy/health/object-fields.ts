import { toPrintable } from '../../text/to-printable';
import { fieldOf, isList, isMap } from '../objects/plain-value';
import type { PlainMap } from '../objects/plain-value';

/** The value at a path of own fields; undefined: it is not there. */
export function valueAt(object: unknown, ...path: readonly string[]): unknown {
  return path.reduce((value, key) => fieldOf(value, key), object);
}

/** Text at a path; undefined: there is none, or something else. */
export function textAt(
  object: unknown,
  ...path: readonly string[]
): string | undefined {
  const value = valueAt(object, ...path);
  return typeof value === 'string' ? value : undefined;
}

/** A whole number at a path; undefined: there is none, or something else. */
export function countAt(
  object: unknown,
  ...path: readonly string[]
): number | undefined {
  const value = valueAt(object, ...path);
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

/** The mappings of a list at a path; none where there is no list. */
export function mapsAt(
  object: unknown,
  ...path: readonly string[]
): readonly PlainMap[] {
  const value = valueAt(object, ...path);
  return isList(value) ? value.filter(isMap) : [];
}

/** A moment at a path; undefined: there is none that can be read. */
export function timeAt(
  object: unknown,
  ...path: readonly string[]
): Date | undefined {
  const date = new Date(textAt(object, ...path) ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A condition of an object's status. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  /** Empty where it gives none. */
  readonly reason: string;
  /** On one line; empty where it gives none. */
  readonly message: string;
  /** When it became what it is. */
  readonly since: Date | undefined;
}

/** The conditions of an object, in its order. */
export function conditionsOf(object: unknown): readonly Condition[] {
  return toConditions(mapsAt(object, 'status', 'conditions'));
}

/** Conditions as the API has them. A status in a hand-written file may be a plain `True`, which YAML reads as a boolean. */
export function toConditions(list: readonly PlainMap[]): readonly Condition[] {
  return list.map(item => {
    return {
      type: String(item.type).trim(),
      status: toConditionStatus(item.status),
      reason: toPrintable(textAt(item, 'reason') ?? ''),
      message: toPrintable(textAt(item, 'message') ?? ''),
      since: timeAt(item, 'lastTransitionTime'),
    };
  });
}

function toConditionStatus(written: unknown): Condition['status'] {
  if (written === 'True' || written === true) return 'True';
  return written === 'False' || written === false ? 'False' : 'Unknown';
}

/** The condition of a type that has this status. */
export function conditionThat(
  conditions: readonly Condition[],
  type: string,
  status: Condition['status'],
): Condition | undefined {
  return conditions.find(
    found => found.type === type && found.status === status,
  );
}
