const loneSurrogate = /\p{Surrogate}/u;

/** Plain data: what JSON can say. Properties whose value is undefined are absent. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/**
 * The one spelling of a JSON value (RFC 8785): keys sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript writes them. Equal values give equal text, whatever order their properties were made in.
 *
 * @throws TypeError for what JSON cannot say: undefined in an array, NaN, infinities, functions, lone surrogates.
 */
export function canonicalJson(value: JsonValue): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value);
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw notJson(value);
      return JSON.stringify(value);
    case 'object':
      return value === null ? 'null' : canonicalObject(value);
    default:
      throw notJson(value);
  }
}

function canonicalObject(
  value:
    | readonly JsonValue[]
    | { readonly [key: string]: JsonValue | undefined },
): string {
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  // Array.prototype.sort without a comparator compares UTF-16 code units, which is the order RFC 8785 asks for.
  const keys = Object.keys(value).sort();
  const members: string[] = [];
  for (const key of keys) {
    const member = value[key];
    if (member === undefined) continue;
    members.push(`${canonicalString(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

function canonicalString(value: string): string {
  if (loneSurrogate.test(value)) throw notJson(value);
  return JSON.stringify(value);
}

function isArray(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function notJson(value: unknown): TypeError {
  return new TypeError(`${JSON.stringify(value) ?? String(value)} is not JSON`);
}
