import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');
const engine = 'packages/core/src';

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Paths of what is shipped: no tests, and nothing that only they use. */
function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => /\.tsx?$/.test(path) && !/\.test\.|__/.test(path))
    .map(path => `${folder}/${path}`);
}

const sources = ['packages', 'plugins'].flatMap(group =>
  readdirSync(join(root, group)).flatMap(name =>
    sourcesIn(`${group}/${name}/src`),
  ),
);

function matches(text: string, pattern: RegExp): string[][] {
  return [...text.matchAll(pattern)].map(([, ...groups]) => groups);
}

/** First cells of the tables with codes. */
function codesOn(text: string): string[] {
  return matches(text, /^\| `([A-Z0-9_]+)` /gm).map(([code]) => code);
}

const errors = read('docs/reference/errors.md');
const migrations = read('docs/reference/migrations.md');
const findings = migrations.slice(
  migrations.indexOf('\n## Findings'),
  migrations.indexOf('\n## Rewrites'),
);

describe('docs/reference/errors.md', () => {
  it('has a row with the kind for every error that is made, or names it as a finding, and none for any other', () => {
    const made = sources.flatMap(path =>
      matches(
        read(path),
        /\bcode: '([A-Z0-9_]+)',\s*kind: (?:'([a-z-]+)'|[^,]+),/g,
      ).map(([code, kind = 'by status']) => `${code} ${kind}`),
    );
    const documented = matches(
      errors,
      /^\| `([A-Z0-9_]+)` +\| ([a-z -]+?) +\|/gm,
    ).map(([code, kind]) => `${code} ${kind}`);
    expect(documented.length).toBeGreaterThan(100);
    expect(documented.length).toBe(codesOn(errors).length);
    const ofFindings = matches(errors, /\(`([A-Z0-9_]+)`: `([a-z-]+)`\)/g).map(
      ([code, kind]) => `${code} ${kind}`,
    );
    expect([...documented, ...ofFindings].sort()).toEqual(
      [...new Set(made)].sort(),
    );
  });

  it('can read every place that makes one', () => {
    const unread = sources.filter(path =>
      /new DojoError\(\{(?!\s*code: (?:'[A-Z0-9_]+'|\w+\.code),\s*kind: )/.test(
        read(path),
      ),
    );
    expect(unread).toEqual([]);
  });

  it('has the exit code and the status of every kind', () => {
    const exits = read('packages/cli/src/exit-code.ts');
    const numbers = new Map(
      matches(exits, /^ {2}(\w+): (\d),/gm).map(([name, n]) => [name, n]),
    );
    const classes = new Map(
      matches(
        read('plugins/dojo-node/src/errors/toBackstageError.ts'),
        /^ {2}'?([a-z-]+)'?: (\w+Error),/gm,
      ).map(([kind, name]) => [kind, name]),
    );
    // What @backstage/backend-defaults answers with (MiddlewareFactory).
    const statuses: Readonly<Record<string, number>> = {
      InputError: 400,
      NotAllowedError: 403,
      NotFoundError: 404,
      ConflictError: 409,
      ServiceUnavailableError: 503,
    };
    const meant = matches(exits, /^ {2}'?([a-z-]+)'?: exitCodes\.(\w+),/gm).map(
      ([kind, name]) => [
        kind,
        numbers.get(name),
        `${statuses[classes.get(kind)!]}`,
      ],
    );
    expect(meant).toHaveLength(6);
    const documented = matches(
      errors,
      /^\| `([a-z-]+)` +\|[^|]+\| (\d) +\| (\d+) +\|/gm,
    );
    expect(documented.sort()).toEqual(meant.sort());
  });
});

describe('docs/reference/deploy-lint.md', () => {
  const codesOfRules = (text: string) =>
    codesOn(text.slice(text.indexOf('\n## Rules')));

  it('has a row for every rule, and none for any other', () => {
    const rules = matches(
      read(`${engine}/deploy/lint/lint-rules.ts`),
      /^ {2}\['([A-Z0-9_]+)', \w+\],/gm,
    );
    const ofRender = matches(
      read(`${engine}/deploy/render.ts`),
      /\bcode: '([A-Z0-9_]+)',\s*severity:/g,
    );
    const documented = codesOfRules(read('docs/reference/deploy-lint.md'));
    expect(documented.length).toBeGreaterThan(30);
    expect([...documented].sort()).toEqual(
      [...rules, ...ofRender].map(([code]) => code).sort(),
    );
  });

  it('has a rule for every code that one makes', () => {
    const rules = new Set(codesOfRules(read('docs/reference/deploy-lint.md')));
    const made = sources
      .filter(path => path.startsWith(`${engine}/deploy/lint/`))
      .flatMap(path => matches(read(path), /\bcode: '([A-Z0-9_]+)'/g))
      .map(([code]) => code);
    expect(made.length).toBeGreaterThan(30);
    expect(made.filter(code => !rules.has(code))).toEqual([]);
  });

  it('names every key of a kustomization that is known', () => {
    const text = read('docs/reference/deploy-lint.md');
    const table = text.slice(0, text.indexOf('\n## Limits'));
    const keys = read(`${engine}/deploy/kustomization/known-keys.ts`);
    const known = keys.slice(0, keys.indexOf('oldKeys'));
    const names = matches(known, /^ {2}'(\w+)',/gm).map(([key]) => key);
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter(name => !table.includes(`\`${name}\``))).toEqual([]);
  });

  it('shares no code with the errors', () => {
    const ofErrors = new Set(codesOn(errors));
    const rules = codesOfRules(read('docs/reference/deploy-lint.md'));
    expect(rules.filter(code => ofErrors.has(code))).toEqual([]);
  });
});

describe('docs/reference/migrations.md', () => {
  it('has a row for every finding, and none for any other', () => {
    const used = sources
      .filter(path => path.startsWith(`${engine}/`))
      .filter(path =>
        /\/(?:migrate\/(?:\w+\/)?(?:read-|find-|preflight|lint-)|duckdb\/create-sql-parser)[^/]*$/.test(
          path,
        ),
      )
      .flatMap(path =>
        matches(
          read(path),
          /'((?:MIGRATIONS?|FILE|SQL|DIRECTIVE|ASSERT|APPLIED|DATABASE|SCHEMA|LINT)_[A-Z0-9_]+)'/g,
        ),
      )
      .map(([code]) => code);
    const documented = codesOn(findings);
    expect(documented.length).toBeGreaterThan(30);
    expect([...documented].sort()).toEqual([...new Set(used)].sort());
  });

  it('shares no code with the errors', () => {
    const ofErrors = new Set(codesOn(errors));
    expect(codesOn(findings).filter(code => ofErrors.has(code))).toEqual([]);
  });
});
