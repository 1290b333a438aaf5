/** What a plain scalar means to the readers of Kubernetes. */
export type ScalarValue = string | number | boolean | null;

/** A value of a YAML document that knows where it stands. */
export type YamlValue = YamlScalar | YamlList | YamlMap;

export interface YamlScalar {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
  /** A plain scalar as it was written; undefined for one in quotes or in a block, which is always text. */
  readonly plain?: string;
  /** Offset in the text. */
  readonly at: number;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlValue[];
  readonly at: number;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, YamlEntry>;
  readonly at: number;
}

export interface YamlEntry {
  readonly value: YamlValue;
  /** Offset of its key. */
  readonly at: number;
}

/** The value without its places. What an alias repeats is repeated by reference, so that this is linear. */
export function toPlainValue(value: YamlValue): unknown {
  return toPlain(value, new Map());
}

function toPlain(value: YamlValue, known: Map<YamlValue, unknown>): unknown {
  if (value.kind === 'scalar') return value.value;
  const made = known.get(value);
  if (made !== undefined) return made;
  const plain =
    value.kind === 'list'
      ? value.items.map(item => toPlain(item, known))
      : Object.fromEntries(
          [...value.entries].map(([key, entry]) => [
            key,
            toPlain(entry.value, known),
          ]),
        );
  known.set(value, plain);
  return plain;
}
