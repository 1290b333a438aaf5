/** Any JSON object. */
export type Json = Record<string, unknown>;

const annotations = new Set([
  'description',
  'deprecated',
  'discriminator',
  'example',
  'examples',
  'externalDocs',
  'title',
  'readOnly',
  'writeOnly',
]);
const componentPrefix = '#/components/schemas/';

/**
 * A schema of an OpenAPI 3.0 description as JSON Schema: `nullable` becomes a type, what only people read is left out,
 * and the components it refers to come along under `$defs`.
 */
export function toJsonSchema(schema: unknown, components: Json): Json {
  const definitions: Json = {};
  function convert(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(convert);
    if (!isJson(value)) return value;
    const { nullable, $ref, ...rest } = value;
    if (typeof $ref === 'string') {
      const name = $ref.slice(componentPrefix.length);
      if (!(name in definitions)) {
        definitions[name] = {};
        definitions[name] = convert(components[name]);
      }
      return orNull({ $ref: `#/$defs/${name}` }, nullable);
    }
    return orNull(convertFields(rest), nullable);
  }
  function convertFields(fields: Json): Json {
    return Object.fromEntries(
      Object.entries(fields)
        .filter(([name]) => !annotations.has(name) && !name.startsWith('x-'))
        .map(([name, value]) => [
          name,
          // The names in `properties` are the data's, not keywords.
          name === 'properties' && isJson(value)
            ? mapValues(value, convert)
            : keep(name, value) ?? convert(value),
        ]),
    );
  }
  const converted = convert(schema);
  return { ...(isJson(converted) ? converted : {}), $defs: definitions };
}

function keep(name: string, value: unknown): unknown {
  return ['enum', 'const', 'default', 'required'].includes(name)
    ? value
    : undefined;
}

function orNull(schema: Json, nullable: unknown): Json {
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function mapValues(object: Json, map: (value: unknown) => unknown): Json {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, map(value)]),
  );
}

/** Whether a value is a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
