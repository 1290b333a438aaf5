import type { AST } from 'toml-eslint-parser';
import { ParseError, parseTOML } from 'toml-eslint-parser';
import type { VersionField, VersionFields } from './version-fields';
import { behindByteOrderMark, versionField } from './version-fields';

/** Tables that hold a version, the first that does wins: Python's, Poetry's, Cargo's, none. */
const tables: readonly (readonly string[])[] = [
  ['project'],
  ['tool', 'poetry'],
  ['package'],
  [],
];

/** Reads the version of pyproject.toml, or of another TOML file with one of the same tables. */
export function readTomlVersion(text: string): VersionFields {
  return withToml(text, (toml, entries) => {
    for (const table of tables) {
      const field = stringAt(toml, entries, [...table, 'version']);
      if (field) return { kind: 'found', fields: [field] };
    }
    return {
      kind: 'none',
      expected: 'a string version in [project] or [tool.poetry]',
      ...skippable(entries),
    };
  });
}

/** The name in pyproject.toml, by which uv.lock knows the project. @returns undefined where it has none. */
export function readPyprojectName(text: string): string | undefined {
  let name: string | undefined;
  withToml(text, (toml, entries) => {
    name = tables
      .map(table => stringAt(toml, entries, [...table, 'name'])?.value)
      .find(value => value !== undefined);
    return { kind: 'none', expected: '' };
  });
  return name;
}

/** Reads the project's own version in uv.lock: the package of that name, compared as Python normalises names. */
export function readUvLockVersion(
  text: string,
  name: string | undefined,
): VersionFields {
  const none: VersionFields = {
    kind: 'none',
    expected: `a [[package]] named ${name ?? 'as the project'} with a version`,
    skippable: 'it holds no version of the project',
  };
  if (name === undefined) return none;
  return withToml(text, (toml, entries) => {
    const own = entries.find(
      ({ path, value }) =>
        path.length === 3 &&
        path[0] === 'package' &&
        path[2] === 'name' &&
        stringOf(value) !== undefined &&
        normalised(stringOf(value) ?? '') === normalised(name),
    );
    if (own === undefined) return none;
    const field = stringAt(toml, entries, [...own.path.slice(0, 2), 'version']);
    return field ? { kind: 'found', fields: [field] } : none;
  });
}

/** A key with its whole path, and the value that it has. */
interface Entry {
  readonly path: readonly (string | number)[];
  readonly value: AST.TOMLContentNode;
}

function withToml(
  text: string,
  read: (toml: string, entries: readonly Entry[]) => VersionFields,
): VersionFields {
  return behindByteOrderMark(text, toml => {
    try {
      const [root] = parseTOML(toml).body;
      const entries = root.body.flatMap(node =>
        node.type === 'TOMLTable'
          ? node.body.flatMap(pair => entriesOf(pair, node.resolvedKey))
          : entriesOf(node, []),
      );
      return read(toml, entries);
    } catch (error) {
      if (error instanceof ParseError) {
        const place = `${error.lineNumber}:${error.column + 1}`;
        return { kind: 'invalid', place, why: error.message };
      }
      if (!(error instanceof RangeError)) throw error;
      return { kind: 'invalid', why: 'it is nested too deeply' };
    }
  });
}

function entriesOf(
  { key, value }: AST.TOMLKeyValue,
  table: readonly (string | number)[],
): Entry[] {
  const path = [
    ...table,
    ...key.keys.map(part =>
      part.type === 'TOMLBare' ? part.name : part.value,
    ),
  ];
  return value.type === 'TOMLInlineTable'
    ? value.body.flatMap(pair => entriesOf(pair, path))
    : [{ path, value }];
}

function stringAt(
  toml: string,
  entries: readonly Entry[],
  path: readonly (string | number)[],
): VersionField | undefined {
  const value = valueAt(entries, path);
  if (value?.type !== 'TOMLValue' || value.kind !== 'string') return undefined;
  const quote = value.multiline ? 3 : 1;
  const [start, end] = value.range;
  if (end - start <= 2 * quote) return undefined;
  return versionField(toml, start + quote, end - quote);
}

function stringOf(value: AST.TOMLContentNode): string | undefined {
  return value.type === 'TOMLValue' && value.kind === 'string'
    ? value.value
    : undefined;
}

function valueAt(
  entries: readonly Entry[],
  path: readonly (string | number)[],
): AST.TOMLContentNode | undefined {
  return entries.find(
    entry =>
      entry.path.length === path.length &&
      entry.path.every((part, i) => part === path[i]),
  )?.value;
}

/** A version that the build computes, or no project at all: nothing to set, unless the file was named. */
function skippable(
  entries: readonly Entry[],
): { readonly skippable: string } | undefined {
  const dynamic = valueAt(entries, ['project', 'dynamic']);
  if (
    dynamic?.type === 'TOMLArray' &&
    dynamic.elements.some(element => stringOf(element) === 'version')
  ) {
    return { skippable: 'its version is dynamic' };
  }
  const isProject = entries.some(
    ({ path }) =>
      path[0] === 'project' || (path[0] === 'tool' && path[1] === 'poetry'),
  );
  return isProject ? undefined : { skippable: 'it describes no project' };
}

function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
