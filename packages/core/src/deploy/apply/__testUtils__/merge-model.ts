import { isEqual, isList, isMap } from '../../objects/plain-value';
import type { PlainMap } from '../../objects/plain-value';

/** How the values of a field are merged (structured-merge-diff, `schema`). */
export type Schema =
  | { readonly kind: 'scalar' }
  | { readonly kind: 'atomic' }
  | { readonly kind: 'set' }
  | { readonly kind: 'map'; readonly of: Schema }
  | {
      readonly kind: 'list';
      readonly keys: readonly string[];
      readonly of: Extract<Schema, { kind: 'struct' }>;
    }
  | {
      readonly kind: 'struct';
      readonly fields: Readonly<Record<string, Schema>>;
      /** What the API server fills in. */
      readonly defaults?: PlainMap;
    };

type Entry = { readonly part: string; readonly value: unknown };

function schemaOf(schema: Schema, key: string): Schema | undefined {
  if (schema.kind === 'map') return schema.of;
  return schema.kind === 'struct' ? schema.fields[key] : undefined;
}

function entriesOf(schema: Schema, value: readonly unknown[]): Entry[] {
  return value.map(entry => {
    if (schema.kind !== 'list') {
      return { part: `v:${JSON.stringify(entry)}`, value: entry };
    }
    const whole = { ...schema.of.defaults, ...(entry as PlainMap) };
    const keys = Object.fromEntries(schema.keys.map(key => [key, whole[key]]));
    return { part: `k:${JSON.stringify(keys)}`, value: entry };
  });
}

/** What an apply of a value owns, as `fieldsV1`; undefined: nothing (typed/tofieldset.go). */
export function fieldsOf(
  schema: Schema,
  value: unknown,
): Record<string, unknown> | undefined {
  if (value === null) return {};
  if (isList(value) && schema.kind !== 'atomic') {
    if (value.length === 0) return undefined;
    return Object.fromEntries(
      entriesOf(schema, value).map(({ part, value: entry }) => [
        part,
        schema.kind === 'list'
          ? { '.': {}, ...fieldsOf(schema.of, entry) }
          : {},
      ]),
    );
  }
  if (isMap(value) && schema.kind !== 'atomic') {
    const fields = Object.entries(value).flatMap(([key, below]) => {
      const found = fieldsOf(schemaOf(schema, key)!, below);
      return found === undefined ? [] : [[`f:${key}`, found] as const];
    });
    const isEmpty = Object.keys(value).length === 0;
    return fields.length === 0 && !isEmpty
      ? undefined
      : Object.fromEntries(fields);
  }
  return {};
}

/** What lives after an apply that takes nothing away (typed/merge.go): the order is that of what is applied. */
export function merge(
  schema: Schema,
  live: unknown,
  applied: unknown,
): unknown {
  if (schema.kind !== 'atomic' && isMap(live) && isMap(applied)) {
    const merged: Record<string, unknown> = { ...live };
    for (const [key, value] of Object.entries(applied)) {
      merged[key] = merge(schemaOf(schema, key)!, live[key], value);
    }
    return merged;
  }
  if (schema.kind !== 'atomic' && isList(live) && isList(applied)) {
    const [there, given] = [live, applied].map(list => entriesOf(schema, list));
    const isGiven = ({ part }: Entry) => given.some(one => one.part === part);
    const shared = there.filter(isGiven).map(({ part }) => part);
    const order = given.flatMap(({ part }) =>
      shared.includes(part) ? [part] : [],
    );
    const both = (entry: Entry) =>
      merge(
        schema.kind === 'list' ? schema.of : { kind: 'scalar' },
        there.find(({ part }) => part === entry.part)?.value,
        entry.value,
      );
    return isEqual(shared, order)
      ? [
          ...there.map(entry =>
            isGiven(entry)
              ? both(given.find(({ part }) => part === entry.part)!)
              : entry.value,
          ),
          ...given.filter(({ part }) => !shared.includes(part)).map(both),
        ]
      : [
          ...given.map(both),
          ...there.filter(entry => !isGiven(entry)).map(({ value }) => value),
        ];
  }
  return applied;
}

/** With what the API server fills in. */
export function filled(schema: Schema, value: unknown): unknown {
  if (isList(value) && schema.kind === 'list') {
    return value.map(entry => filled(schema.of, entry));
  }
  if (!isMap(value) || (schema.kind !== 'struct' && schema.kind !== 'map')) {
    return value;
  }
  const whole = {
    ...(schema.kind === 'struct' && schema.defaults),
    ...value,
  };
  return Object.fromEntries(
    Object.entries(whole)
      .filter(([, below]) => below !== null)
      .map(([key, below]) => [key, filled(schemaOf(schema, key)!, below)]),
  );
}
