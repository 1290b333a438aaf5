import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { isJson, toJsonSchema } from './to-json-schema';
import type { Json } from './to-json-schema';

/** One exchange with the API, as the contract sees it. */
export interface Exchange {
  readonly method: string;
  /** `/repos/{owner}/{repo}/releases` */
  readonly template: string;
  readonly query: readonly string[];
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseBody: unknown;
}

/**
 * What any endpoint may answer, though the description lists it for few (docs.github.com, "Best practices", redirects and
 * limits; "Troubleshooting", 404 for what is not there or not seen).
 */
const anywhere = [301, 307, 401, 403, 404, 429];

/** GitHub's published description of its REST API, as a judge of exchanges. */
export class GithubContract {
  static #loaded: Json | undefined;
  readonly #ajv = addFormats(
    new Ajv({
      strict: false,
      allErrors: true,
      validateFormats: true,
      // GitHub's own word for `owner/name`.
      formats: { 'repo.nwo': true },
    }),
  );
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #description: Json;

  constructor() {
    // 13 MB: once per process.
    GithubContract.#loaded ??= JSON.parse(
      readFileSync(
        require.resolve('@octokit/openapi/generated/api.github.com.json'),
        'utf8',
      ),
    );
    this.#description = GithubContract.#loaded ?? {};
  }

  /** The description's own example of a schema, to answer with. */
  example(name: string): Json {
    const example = read(this.#description, 'components', 'examples', name);
    return structuredClone(read(example, 'value'));
  }

  /** What in this exchange is against the description, one sentence each. */
  violations(exchange: Exchange): string[] {
    const { method, template, status } = exchange;
    const name = `${method} ${template}`;
    const operation = find(
      this.#description,
      'paths',
      template,
      method.toLowerCase(),
    );
    if (!isJson(operation)) return [`${name} is not in GitHub's description`];
    return [
      ...this.#requestViolations(name, operation, exchange),
      ...this.#responseViolations(`${name} ${status}`, operation, exchange),
    ];
  }

  #requestViolations(
    name: string,
    operation: Json,
    { query, requestBody }: Exchange,
  ): string[] {
    const parameters = toArray(operation.parameters).map(each =>
      this.#resolve(each),
    );
    const unknown = query
      .filter(key => !parameters.some(each => each.name === key))
      .map(key => `${name}: the query parameter ${key} is not described`);
    const schema = find(
      operation,
      'requestBody',
      'content',
      'application/json',
      'schema',
    );
    if (schema === undefined) {
      return requestBody === undefined
        ? unknown
        : [...unknown, `${name}: a body is not described`];
    }
    // The description allows anything beside its properties, which would let a misspelt one pass.
    const strict = { ...toJson(schema), additionalProperties: false };
    return [
      ...unknown,
      ...this.#validate(`${name} request`, strict, requestBody),
    ];
  }

  #responseViolations(
    name: string,
    operation: Json,
    { status, responseBody }: Exchange,
  ): string[] {
    const described = find(operation, 'responses', String(status));
    if (described === undefined) {
      return anywhere.includes(status)
        ? this.#validate(
            'basic error',
            { $ref: '#/components/schemas/basic-error' },
            responseBody,
          )
        : [`${name}: this status is not described`];
    }
    const schema = find(
      this.#resolve(described),
      'content',
      'application/json',
      'schema',
    );
    return schema === undefined
      ? []
      : this.#validate(`${name} response`, schema, responseBody);
  }

  #validate(name: string, schema: unknown, data: unknown): string[] {
    let validator = this.#validators.get(name);
    if (validator === undefined) {
      const components = read(this.#description, 'components', 'schemas');
      validator = this.#ajv.compile(toJsonSchema(schema, components));
      this.#validators.set(name, validator);
    }
    validator(data);
    return (validator.errors ?? []).map(
      ({ instancePath, message }) => `${name}: ${instancePath} ${message}`,
    );
  }

  #resolve(value: unknown): Json {
    const json = toJson(value);
    if (typeof json.$ref !== 'string') return json;
    return read(this.#description, ...json.$ref.slice(2).split('/'));
  }
}

function find(value: unknown, ...path: string[]): unknown {
  return path.reduce((at, name) => (isJson(at) ? at[name] : undefined), value);
}

function read(value: unknown, ...path: string[]): Json {
  const found = find(value, ...path);
  if (isJson(found)) return found;
  throw new Error(`GitHub's description has no ${path.join('/')}`);
}

function toJson(value: unknown): Json {
  return isJson(value) ? value : {};
}

function toArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
